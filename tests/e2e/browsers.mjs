// How is each of the three browsers started, driven and ended, so that a test need not know which one it has?
// One interface over puppeteer-core (Chromium by DevTools, Firefox by BiDi) and our WebDriver client (WebKitGTK).
// What the page means is left to page.mjs; what a browser cannot do is said by `Unsupported`, never passed over.

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import puppeteer from 'puppeteer-core';
import { startDisplay } from './display.mjs';
import { withoutNetwork } from './netns.mjs';
import { adopt, dropScratch, endFamily, findPortBlock, findProgram, makeScratch, release, startProcess, until, within } from './processes.mjs';
import { WebDriverSession } from './webdriver.mjs';

const run = promisify(execFile);

export const BROWSERS = ['chromium', 'firefox', 'webkit'];
export const START_LIMIT_MS = 60_000;
export const STEP_LIMIT_MS = 30_000;
export const EVALUATE_LIMIT_MS = 90_000;

/** Thrown where a browser, or this machine, cannot do what was asked; its message is the reason a skip prints. */
export class Unsupported extends Error {}

// Chromium brings a renderer of its own, but Mesa's is quicker with this page, and the other two browsers use it too.
const MESA = '/usr/share/glvnd/egl_vendor.d/50_mesa.json';
const SOFTWARE_WEBGL = existsSync(MESA) ? ['--use-gl=angle', '--use-angle=gl-egl', '--ignore-gpu-blocklist']
  : ['--use-gl=angle', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'];
const NO_WEBGL = ['--disable-gpu', '--disable-software-rasterizer', '--disable-3d-apis'];

const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update',
  '--disable-sync', '--no-proxy-server',
  '--disable-domain-reliability', '--disable-client-side-phishing-detection',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE localhost , EXCLUDE 127.0.0.1 , EXCLUDE [::1] , EXCLUDE *.localhost , EXCLUDE *.invalid',
];

// Everything that would make Firefox ask a host of its own for something.
const FIREFOX_PREFERENCES = {
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'app.update.background.enabled': false,
  'app.update.disabledForTesting': true,
  'browser.newtabpage.enabled': false,
  'browser.newtabpage.activity-stream.feeds.system.topstories': false,
  'browser.newtabpage.activity-stream.feeds.topsites': false,
  'browser.newtabpage.activity-stream.showSponsoredTopSites': false,
  'browser.region.network.url': '',
  'browser.region.update.enabled': false,
  'browser.safebrowsing.downloads.enabled': false,
  'browser.safebrowsing.downloads.remote.enabled': false,
  'browser.safebrowsing.malware.enabled': false,
  'browser.safebrowsing.phishing.enabled': false,
  'browser.safebrowsing.update.enabled': false,
  'browser.search.update': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage': 'about:blank',
  'browser.startup.page': 0,
  'browser.topsites.contile.enabled': false,
  'datareporting.healthreport.uploadEnabled': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.push.connection.enabled': false,
  'dom.security.https_first': false,
  'extensions.blocklist.enabled': false,
  'extensions.getAddons.cache.enabled': false,
  'extensions.systemAddon.update.enabled': false,
  'extensions.update.enabled': false,
  'geo.enabled': false,
  'media.gmp-manager.updateEnabled': false,
  'media.gmp-provider.enabled': false,
  'messaging-system.rsexperimentloader.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'network.dns.disablePrefetch': true,
  'network.http.speculative-parallel-limit': 0,
  'network.prefetch-next': false,
  'network.proxy.type': 0,
  'network.trr.mode': 5,
  'privacy.trackingprotection.enabled': false,
  'privacy.trackingprotection.pbmode.enabled': false,
  'security.OCSP.enabled': 0,
  'security.remote_settings.crlite_filters.enabled': false,
  'security.remote_settings.intermediates.enabled': false,
  'services.settings.server': 'data:,#remote-settings-dummy/v1',
  'signon.management.page.breach-alerts.enabled': false,
  'toolkit.telemetry.enabled': false,
  'toolkit.telemetry.server': '',
  'toolkit.telemetry.unified': false,
  // Software WebGL is accepted, and a window behind another still draws its frames.
  'webgl.force-enabled': true,
  'widget.windows.window_occlusion_tracking.enabled': false,
};

const SCHEME_SYSTEM = 2, SCHEME_LIGHT = 1, SCHEME_DARK = 0;

/** Programs of this machine by browser; a missing one is null. */
export function findBrowser(name) {
  if (name === 'chromium') return findProgram('chromium', ['/usr/bin/chromium-browser', '/usr/bin/google-chrome']);
  if (name === 'firefox') return findProgram('firefox-esr', ['/usr/lib/firefox-esr/firefox-esr']) ?? findProgram('firefox');
  if (name === 'webkit') return findProgram('WebKitWebDriver');
  throw new Error(`no browser is called ${name}`);
}

function findMiniBrowser() {
  const folders = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/libexec'];
  const file = findProgram('MiniBrowser', folders.flatMap((folder) =>
    ['webkit2gtk-4.1', 'webkit2gtk-4.0', 'webkitgtk-6.0'].map((version) => `${folder}/${version}/MiniBrowser`)));
  if (!file) throw new Unsupported('MiniBrowser of WebKitGTK is not installed');
  return file;
}

// A certificate database that trusts one authority, in the form Chromium and Firefox read.
async function makeTrustStore(folder, ca_file) {
  const certutil = findProgram('certutil');
  if (!certutil) throw new Unsupported('certutil is not installed (Debian package libnss3-tools), so no authority can be trusted');
  mkdirSync(folder, { recursive: true });
  const limits = { timeout: 20_000 };
  await run(certutil, ['-N', '-d', `sql:${folder}`, '--empty-password'], limits);
  await run(certutil, ['-A', '-d', `sql:${folder}`, '-n', 'blindspot test', '-t', 'C,,', '-i', ca_file], limits);
}

// The environment every browser gets: a home of its own, no desktop session.
function browserEnvironment(home, extra = {}) {
  const environment = { ...process.env, HOME: home, XDG_CONFIG_HOME: path.join(home, '.config'),
    XDG_CACHE_HOME: path.join(home, '.cache'), XDG_DATA_HOME: path.join(home, '.local/share'),
    XDG_RUNTIME_DIR: home, TMPDIR: home, DBUS_SESSION_BUS_ADDRESS: 'disabled:', NO_AT_BRIDGE: '1', LANG: 'en_US.UTF-8', ...extra };
  delete environment.WAYLAND_DISPLAY;
  delete environment.LC_ALL;
  return environment;
}

const functionText = (what) => (typeof what === 'function' ? what.toString() : `() => (${what})`);

class PuppeteerBrowser {
  constructor(name, browser, page, home, display) {
    this.name = name;
    this.browser = browser;
    this.page = page;
    this.home = home;
    this.display = display;
    this.pid = browser.process().pid;
    this.errors_seen = [];
    this.urls_seen = [];
    page.on('console', (message) => message.type() === 'error' && this.errors_seen.push(message.text()));
    page.on('pageerror', (error) => this.errors_seen.push(String(error?.message ?? error)));
    page.on('request', (request) => this.urls_seen.push(request.url()));
  }

  async version() { return this.browser.version(); }

  async open(url) {
    // An aborted load keeps the page usable, so the error goes to the caller.
    await within(STEP_LIMIT_MS + 5000, `open ${url}`, this.page.goto(url, { waitUntil: 'load', timeout: STEP_LIMIT_MS }));
  }

  evaluate(what, ...args) {
    // As text in both drivers, so that a function means the same in all three browsers; its answer too, which BiDi would take apart.
    const call = `(async () => JSON.stringify(await (${functionText(what)}).apply(null, ${JSON.stringify(args)})))()`;
    return within(EVALUATE_LIMIT_MS, 'evaluate', this.page.evaluate(call)).then((text) => (text === undefined ? undefined : JSON.parse(text)));
  }

  move(x, y) { return within(STEP_LIMIT_MS, 'move', this.page.mouse.move(x, y)); }
  down() { return within(STEP_LIMIT_MS, 'down', this.page.mouse.down()); }
  up() { return within(STEP_LIMIT_MS, 'up', this.page.mouse.up()); }

  async click(x, y) {
    await this.move(x, y);
    await this.down();
    await this.up();
  }

  async wheel(x, y, delta_y, delta_x = 0) {
    await this.move(x, y);
    await within(STEP_LIMIT_MS, 'wheel', this.page.mouse.wheel({ deltaX: delta_x, deltaY: delta_y }));
  }

  // BiDi sends all keys in one command. DevTools takes one at a time, and each would wait for the one before to be drawn: they go
  // out in their order without waiting, as from quick fingers.
  type(text) {
    const { keyboard } = this.page;
    const keys = this.name === 'firefox' ? [keyboard.type(text)]
      : [...text].flatMap((char) => (keyboard.charIsKey(char) ? [keyboard.down(char), keyboard.up(char)] : [keyboard.sendCharacter(char)]));
    return within(STEP_LIMIT_MS + text.length * 50, 'type', Promise.all(keys));
  }

  async press(...combinations) {
    for (const combination of combinations) {
      const names = combination.split('+').map((part) => (part.length === 1 ? part.toLowerCase() : part));
      for (const name of names) await within(STEP_LIMIT_MS, `key ${name}`, this.page.keyboard.down(name));
      for (const name of names.reverse()) await within(STEP_LIMIT_MS, `key ${name}`, this.page.keyboard.up(name));
    }
  }

  async screenshot(file) {
    const bytes = Buffer.from(await within(STEP_LIMIT_MS, 'screenshot', this.page.screenshot({ type: 'png' })));
    if (file) writeFileSync(file, bytes);
    return bytes;
  }

  setViewport(width, height, dpr = 1) {
    return within(STEP_LIMIT_MS, 'setViewport', this.page.setViewport({ width, height, deviceScaleFactor: dpr }));
  }

  async setDark(dark) {
    if (this.name === 'chromium') {
      await within(STEP_LIMIT_MS, 'setDark', this.page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: dark ? 'dark' : 'light' }]));
    } else {
      await this.setPreference('layout.css.prefers-color-scheme.content-override', dark ? SCHEME_DARK : SCHEME_LIGHT);
    }
    // Firefox's window tells its pages a moment later.
    await until('the page to follow the colour scheme', async () =>
      await this.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches) === dark);
  }

  setPreference(name, number) { return this.#inWindow(`Services.prefs.setIntPref(${JSON.stringify(name)}, ${Number(number)})`); }

  /** Gives the window the focus: without it no element hears of its own, and Firefox presses no button by key. */
  async takeFocus() {
    if (this.name === 'chromium') await within(STEP_LIMIT_MS, 'takeFocus', this.page.bringToFront());
    else await this.#inWindow('window.focus(); Services.focus.activeWindow = window; gBrowser.selectedBrowser.focus();');
    await until('the window to have the focus', () => this.evaluate(() => document.hasFocus()));
  }

  // Firefox's own window, which BiDi reaches when the start allowed it.
  async #inWindow(expression) {
    const connection = this.browser.connection;
    const { result: tree } = await within(STEP_LIMIT_MS, 'the browser window',
      connection.send('browsingContext.getTree', { 'moz:scope': 'chrome', maxDepth: 0 }));
    await within(STEP_LIMIT_MS, expression, connection.send('script.evaluate',
      { expression, target: { context: tree.contexts[0].context }, awaitPromise: false }));
  }

  setOffline(offline) { return within(STEP_LIMIT_MS, 'setOffline', this.page.setOfflineMode(offline)); }

  async title() { return this.page.title(); }
  async requests() { return [...this.urls_seen]; }
  async consoleErrors() { return [...this.errors_seen]; }
  async forgetConsole() { this.errors_seen.length = 0; this.urls_seen.length = 0; }

  async close() {
    try {
      await within(10_000, `${this.name} to close`, this.browser.close());
    } catch {
      // Ended by force below.
    }
    await endFamily(this.pid, { grace: 1000 });
    release(this.pid);
    await this.display?.stop();
    dropScratch(this.home);
  }
}

const languageOf = (options) => options.language ?? 'en-US';

async function launchPuppeteer(name, options, home, display, launch) {
  const executable = findBrowser(name);
  if (!executable) throw new Unsupported(`${name} is not installed`);
  const browser = await within(START_LIMIT_MS + 5000, `start of ${name}`, puppeteer.launch({
    executablePath: executable, acceptInsecureCerts: Boolean(options.acceptInsecureCerts), defaultViewport: null,
    handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false, timeout: START_LIMIT_MS, protocolTimeout: EVALUATE_LIMIT_MS,
    ...launch }));
  adopt(browser.process().pid);
  try {
    const pages = await within(STEP_LIMIT_MS, 'first tab', browser.pages());
    const page = pages[0] ?? await within(STEP_LIMIT_MS, 'first tab', browser.newPage());
    return new PuppeteerBrowser(name, browser, page, home, display);
  } catch (error) {
    await endFamily(browser.process().pid);
    throw error;
  }
}

async function startChromium(options, home) {
  if (options.trustCa) await makeTrustStore(path.join(home, '.local/share/pki/nssdb'), options.trustCa);
  if (options.trustCa) await makeTrustStore(path.join(home, '.pki/nssdb'), options.trustCa);
  const session = await launchPuppeteer('chromium', options, home, null, {
    browser: 'chrome', headless: true, pipe: true, env: browserEnvironment(home, { LIBGL_ALWAYS_SOFTWARE: '1' }),
    args: [...CHROMIUM_FLAGS, ...(options.webgl === false ? NO_WEBGL : SOFTWARE_WEBGL), `--lang=${languageOf(options)}`, `--accept-lang=${languageOf(options)}`],
    userDataDir: path.join(home, 'profile') });
  if (options.dark !== undefined) await session.setDark(options.dark);
  return session;
}

async function startFirefox(options, home) {
  const profile = path.join(home, 'profile');
  mkdirSync(profile, { recursive: true });
  if (options.trustCa) await makeTrustStore(profile, options.trustCa);
  const display = await startDisplay();
  const scheme = options.dark === undefined ? SCHEME_SYSTEM : options.dark ? SCHEME_DARK : SCHEME_LIGHT;
  try {
    return await launchPuppeteer('firefox', options, home, display, {
      browser: 'firefox', headless: false, args: ['--remote-allow-system-access', '--width=1400', '--height=1000'], userDataDir: profile,
      extraPrefsFirefox: { ...FIREFOX_PREFERENCES, ...options.preferences, 'webgl.disabled': options.webgl === false, 'layout.css.prefers-color-scheme.content-override': scheme,
        'network.manage-offline-status': Boolean(options.netns), 'intl.accept_languages': languageOf(options) },
      env: browserEnvironment(home, { DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: '1', MOZ_CRASHREPORTER_DISABLE: '1', MOZ_REMOTE_SETTINGS_DEVTOOLS: '1' }) });
  } catch (error) {
    await display.stop();
    throw error;
  }
}

class WebKitBrowser {
  constructor(driver, session, home, display) {
    this.name = 'webkit';
    this.driver = driver;
    this.session = session;
    this.home = home;
    this.display = display;
    this.pid = driver.pid;
  }

  async version() { return `WebKitGTK ${this.session.capabilities.browserVersion}`; }

  // Automation shows no console here, so errors are heard from the load on; what came before, the page's errors() tells.
  async open(url) {
    await this.session.open(url);
    // The driver calls a load that was refused (a certificate, a closed port) done: the address tells.
    const where = await this.evaluate(() => location.href);
    if (new URL(where).origin !== new URL(url).origin) throw new Error(`open ${url}: the browser stayed at ${where}`);
    await this.evaluate(() => {
      const errors = window.__console_errors = [];
      const hear = console.error;
      console.error = (...parts) => { errors.push(parts.map(String).join(' ')); hear.apply(console, parts); };
      addEventListener('error', (event) => errors.push(String(event.message)));
      addEventListener('unhandledrejection', (event) => errors.push(String(event.reason)));
    });
  }

  evaluate(what, ...args) { return this.session.evaluate(functionText(what), args, EVALUATE_LIMIT_MS); }
  move(x, y) { return this.session.moveTo(x, y); }
  down() { return this.session.buttonDown(); }
  up() { return this.session.buttonUp(); }

  async click(x, y) {
    await this.move(x, y);
    await this.down();
    await this.up();
  }


  async wheel(x, y, delta_y, delta_x = 0) {
    await this.move(x, y);
    await this.session.wheel(x, y, delta_x, delta_y);
  }

  type(text) { return this.session.type(text); }

  async press(...combinations) {
    for (const combination of combinations) {
      await this.session.chord(combination.split('+').map((part) => (part.length === 1 ? part.toLowerCase() : part)));
    }
  }

  async screenshot(file) {
    const bytes = await this.session.screenshot();
    if (file) writeFileSync(file, bytes);
    return bytes;
  }

  async setViewport(width, height, dpr = 1) {
    const measure = () => this.evaluate(() => ({ width: innerWidth, height: innerHeight, dpr: devicePixelRatio }));
    if ((await measure()).dpr !== dpr) throw new Unsupported('WebKitGTK takes its device pixel ratio at start: start it with {dpr}');
    // The window's own bars take what they need, so the outer size is the wanted one and what the bars take now.
    for (let attempt = 0; attempt < 3; ++attempt) {
      const [window, inner] = [await this.session.send('GET', '/window/rect'), await measure()];
      const outer = { width: window.width + width - inner.width, height: window.height + height - inner.height };
      await this.session.send('POST', '/window/rect', { x: 0, y: 0, ...outer });
      try {
        await until('window to take its size', async () => {
          const now = await measure();
          return now.width === width && now.height === height;
        }, { ms: 1500 });
        return;
      } catch {
        // The bars changed their height with the width: once more from what they take now.
      }
    }
    throw new Unsupported(`WebKitGTK's window cannot be made ${width}x${height}`);
  }

  async setDark(dark) {
    if (dark === await this.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches)) return;
    throw new Unsupported('WebKitGTK takes its colour scheme at start: start it with {dark}');
  }

  async setOffline() {
    throw new Unsupported('WebKitGTK has no command for it: run inside a network namespace without a route');
  }

  title() { return this.session.title(); }

  async requests() {
    const loaded = await this.evaluate(() => [location.href, ...performance.getEntriesByType('resource').map((entry) => entry.name)]);
    return loaded;
  }

  // Its window is the only one of its display.
  async takeFocus() {}

  consoleErrors() { return this.evaluate(() => window.__console_errors ?? []); }
  forgetConsole() { return this.evaluate(() => { window.__console_errors.length = 0; }); }

  async close() {
    try {
      await this.session.close();
    } catch {
      // Ended by force below.
    }
    await this.driver.stop();
    await this.display.stop();
    dropScratch(this.home);
  }
}

// WebKitGTK trusts what the system's store says. A mount namespace lays another store over it, for this browser alone.
async function webkitCommand(options, home, program, args) {
  if (!options.trustCa) return [program, args];
  const unshare = findProgram('unshare');
  if (!unshare) throw new Unsupported('unshare is not installed (Debian package util-linux), so WebKitGTK cannot be given an authority');
  const store = path.join(home, 'certs');
  mkdirSync(store, { recursive: true });
  writeFileSync(path.join(store, 'ca-certificates.crt'), readFileSync(options.trustCa));
  const as_root = process.getuid() === 0 ? [] : ['--map-root-user'];
  const mount = 'mount --bind "$1" /etc/ssl/certs && shift && exec "$@"';
  try {
    await run(unshare, [...as_root, '--mount', 'sh', '-c', mount, 'sh', store, 'true'], { timeout: 10_000 });
  } catch {
    throw new Unsupported('this machine allows no mount namespace, so WebKitGTK cannot be given an authority');
  }
  return [unshare, [...as_root, '--mount', 'sh', '-c', mount, 'sh', store, program, ...args]];
}

// WebKitGTK speaks the language of the C library's locale; one that the system lacks is made for this browser alone.
async function webkitLanguage(options, home) {
  const language = languageOf(options);
  const locale = language.replace('-', '_');
  if (language === 'en-US') return { LANG: 'en_US.UTF-8' };
  const localedef = findProgram('localedef');
  try {
    await run(localedef ?? 'localedef', ['-i', locale, '-f', 'UTF-8', path.join(home, `${locale}.UTF-8`)], { timeout: 20_000 });
  } catch {
    throw new Unsupported(`the locale ${locale} cannot be made (Debian package locales), so WebKitGTK does not speak ${language}`);
  }
  return { LANG: `${locale}.UTF-8`, LOCPATH: home };
}

// The bar of MiniBrowser keeps its window wider than a phone; a style sheet of the toolkit makes it small.
function shrinkWindowBars(home) {
  const folder = path.join(home, '.config/gtk-3.0');
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'gtk.css'),
    '* { min-width: 0; min-height: 0; padding: 0; margin: 0; border: none; font-size: 6px; }\n');
}

async function startWebKit(options, home) {
  const program = findBrowser('webkit');
  if (!program) throw new Unsupported('WebKitWebDriver is not installed (Debian package webkit2gtk-driver)');
  const mini_browser = findMiniBrowser();
  const display = await startDisplay();
  let driver = null;
  try {
    const extra = { ...await webkitLanguage(options, home), DISPLAY: display.name, LIBGL_ALWAYS_SOFTWARE: '1', GDK_BACKEND: 'x11', GSETTINGS_BACKEND: 'memory', GTK_A11Y: 'none' };
    if (options.dpr && options.dpr !== 1) extra.GDK_SCALE = String(options.dpr);
    const port = await findPortBlock(1);
    const [command, args] = await webkitCommand(options, home, program, [`--port=${port}`]);
    driver = startProcess(command, args, { env: browserEnvironment(home, extra), label: 'WebKitWebDriver' });
    await until('WebKitWebDriver to listen', () => {
      if (driver.ended) throw new Error(`it ended: ${driver.tail()}`);
      return WebDriverSession.isReady(port);
    }, { ms: 20_000 });
    shrinkWindowBars(home);
    const browser_args = ['--automation'];
    if (options.dark) browser_args.push('--dark-mode');
    if (options.webgl === false) browser_args.push('--enable-webgl=false');
    const session = await WebDriverSession.create(port, {
      acceptInsecureCerts: Boolean(options.acceptInsecureCerts),
      'webkitgtk:browserOptions': { binary: mini_browser, args: browser_args },
    }, { ms: START_LIMIT_MS, script_ms: EVALUATE_LIMIT_MS, load_ms: STEP_LIMIT_MS });
    return new WebKitBrowser(driver, session, home, display);
  } catch (error) {
    await driver?.stop();
    await display.stop();
    throw error;
  }
}

/**
 * Starts a browser: 'chromium', 'firefox' or 'webkit'. Options: acceptInsecureCerts, trustCa (a PEM file), language
 * ('zh-CN'), dark, webgl (false: none), dpr (WebKitGTK only, the others change it by setViewport), netns (the run is inside a namespace without a network, and the
 * browser shall notice). End it with close().
 */
export async function startBrowser(name, options = {}) {
  if (options.netns && !withoutNetwork()) throw new Unsupported('this run has a network: start it by netns.mjs');
  const start = { chromium: startChromium, firefox: startFirefox, webkit: startWebKit }[name];
  if (!start) throw new Error(`no browser is called ${name}`);
  const home = makeScratch(name);
  try {
    return await start(options, home);
  } catch (error) {
    dropScratch(home);
    throw error;
  }
}
