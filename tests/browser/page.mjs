// Walks through the page as a borrower does. Run by run.sh: node page.mjs URL
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const url = process.argv[2].trim();
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const threat = "再不还钱就爆你通讯录，让你单位都知道。😀律*师*函已发，加V❤ zx8801。";
const messages = {
  scam: "【普惠消费】您的借款已逾期，为免影响征信请立即点击 hk-pay88.top/a 办理还款，逾期将冻结账户。",
  aggressive: "林某你听好，今天五点前不把钱打过来，我就挨个打你通讯录，让你爸妈和单位都知道你欠钱不还。",
  legitimate: "【招商银行】您尾号4471的信用卡本期应还2318.60元，还款日12月18日，请按时还款。",
  unsure: "能不能还",
  crisis: "再逼我我就不想活了，你们天天打电话骂人，还给我妈打。",
  unrelated: "【丰巢】您有快件超期未取，凭取件码8-2-4417到小区东门取件，超时将产生保管费。",
};

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: ["--no-sandbox"] });
let passed = 0;
const step = async (name, run) => {
  try {
    await run();
    passed += 1;
    console.log(`ok   ${name}`);
  } catch (error) {
    console.log(`FAIL ${name}\n${error.stack}`);
    process.exitCode = 1;
  }
};

async function open(options = {}) {
  const context = await browser.newContext({ locale: "zh-CN", ...options });
  const asked = [];
  const errors = [];
  context.on("request", (r) => asked.push(r.url()));
  context.on("weberror", (e) => errors.push(String(e.error())));
  const page = await context.newPage();
  page.on("console", (m) => m.type() === "error" && errors.push(m.text()));
  await page.addInitScript(() => {
    window.print = () => {
      window.printed = true;
    };
  });
  await page.goto(url);
  return { context, page, asked, errors };
}

async function check(page, text) {
  await page.fill("#text", text);
  const answered = page.waitForResponse((r) => r.url().endsWith("/card"));
  await page.click("#check");
  await answered;
  await page.waitForFunction(() => !document.getElementById("result").hasAttribute("aria-busy"));
}

async function violations(page) {
  // From the test's own world: the page's rules against foreign script stay as they are.
  const session = await page.context().newCDPSession(page);
  await session.send("Page.setBypassCSP", { enabled: false });
  const { frameTree } = await session.send("Page.getFrameTree");
  const { executionContextId } = await session.send("Page.createIsolatedWorld", { frameId: frameTree.frame.id });
  const run = (expression) =>
    session.send("Runtime.evaluate", { expression, contextId: executionContextId, awaitPromise: true, returnByValue: true });
  await run(axe);
  const { result } = await run(
    "axe.run(document).then((r) => r.passes.length < 15 ? ['axe ran ' + r.passes.length + ' rules only'] : r.violations.map((v) => v.id + ': ' + v.nodes.map((n) => n.html + ' ' + n.failureSummary).join(' | ')))",
  );
  await session.detach();
  return result.value;
}

const { context, page, asked, errors } = await open();
await context.grantPermissions(["clipboard-read", "clipboard-write"], { origin: new URL(url).origin });

await step("paste gives a verdict, by the keyboard alone", async () => {
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "text");
  await page.keyboard.insertText(threat);
  await page.keyboard.press("Tab"); // the optional fields
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.id), "check");
  await page.keyboard.press("Enter");
  await page.waitForSelector("article.card");
  assert.equal(await page.getAttribute("article.card", "data-answer"), "aggressive");
  assert.match(await page.textContent("#verdict"), /违规催收/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "verdict");
});

await step("the marked words are those of the record, offsets counted in code points", async () => {
  const record = await page.evaluate(async (text) => {
    const answer = await fetch("/api/check", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ text }),
    });
    return answer.json();
  }, threat);
  const points = Array.from(threat);
  for (const finding of record.findings) {
    assert.equal(points.slice(finding.start, finding.end).join(""), finding.text);
  }
  const marked = new Set(record.findings.flatMap((f) => points.slice(f.start, f.end).map((_, i) => f.start + i)));
  const shown = await page.$$eval("article > section .message .mark", (marks) =>
    marks.map((m) => [...m.childNodes].filter((n) => n.nodeType === 3).map((n) => n.data).join("")).join(""),
  );
  assert.equal(shown, points.filter((_, i) => marked.has(i)).join(""));
});

await step("a mark opens its explanation by keyboard and by click", async () => {
  const mark = page.locator(".mark").last();
  const target = await mark.getAttribute("data-opens");
  await mark.focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getAttribute(`#${target}`, "open"), "");
  assert.equal(await page.evaluate(() => document.activeElement.parentElement.id), target);
  await page.evaluate(() => document.querySelectorAll(".findings details").forEach((d) => (d.open = false)));
  await page.locator(".mark").first().click();
  assert.equal(await page.getAttribute("#f1", "open"), "");
  assert.ok((await page.textContent("#f1 .law")).length > 5);
});

await step("the language switches, and text and answer stay", async () => {
  await page.click("#language");
  await page.waitForSelector("html[lang=en]");
  assert.match(await page.textContent("#verdict"), /abusive collection/);
  assert.equal(await page.inputValue("#text"), threat);
  await page.click("#language");
  await page.waitForSelector("html[lang=zh-Hans]");
  assert.match(await page.textContent("#verdict"), /违规催收/);
});

await step("the complaint is copied, with quotes and rules", async () => {
  await page.click("#copy");
  await page.waitForFunction(() => document.getElementById("status").textContent.length > 0);
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.match(copied, /爆你通讯录/);
  assert.match(copied, /参见/);
});

await step("the evidence sheet prints: text, SHA-256, findings, and nothing else of the page", async () => {
  await page.click("#print");
  assert.equal(await page.evaluate(() => window.printed), true);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.isVisible(".evidence"), true);
  assert.equal(await page.isVisible("#form"), false);
  const sheet = await page.innerText(".evidence");
  const digest = await page.evaluate(async (text) => {
    const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
    return [...new Uint8Array(bytes)].map((b) => b.toString(16).padStart(2, "0")).join("");
  }, threat);
  assert.ok(sheet.includes(digest) && sheet.includes(threat) && /通讯录/.test(sheet));
  await page.pdf({ path: `${process.env.SHOTS}/evidence.pdf`, format: "A4" });
  await page.screenshot({ path: `${process.env.SHOTS}/evidence.png`, fullPage: true });
  await page.emulateMedia({ media: "screen" });
});

await step("sender and time make findings of their own", async () => {
  await page.locator("details.optional summary").click();
  await page.fill("#sender", "13912340000");
  await page.fill("#sent_at", "2026-11-02T23:15");
  await check(page, "【招商银行】您的信用卡已逾期3天，请尽快还款");
  assert.match(await page.textContent(".findings"), /夜间催收/);
});

await step("examples fill the box and are answered; clear empties the page", async () => {
  for (const [id, answer] of [["reminder", "legitimate"], ["abuse", "aggressive"], ["fraud", "scam"]]) {
    const answered = page.waitForResponse((r) => r.url().endsWith("/card"));
    await page.click(`button[value=${id}]`);
    await answered;
    await page.waitForSelector(`article[data-answer=${answer}]`);
    assert.ok((await page.inputValue("#text")).length > 20);
  }
  await page.click("#clear");
  await page.waitForLoadState();
  assert.equal(await page.inputValue("#text"), "");
  assert.equal(await page.locator("article").count(), 0);
});

await step("nothing but loopback was asked, and nothing is stored", async () => {
  for (const address of asked) assert.equal(new URL(address).origin, new URL(url).origin, address);
  assert.deepEqual(await context.cookies(), []);
  assert.equal(await page.evaluate(() => localStorage.length + sessionStorage.length), 0);
  assert.deepEqual(errors, []);
});
await context.close();

await step("without script the form still answers, marks lead to their explanation", async () => {
  const plain = await open({ javaScriptEnabled: false });
  await plain.page.fill("#text", threat);
  await plain.page.click("#check");
  await plain.page.waitForSelector("article[data-answer=aggressive]");
  assert.equal(await plain.page.isVisible("#copy"), false);
  assert.equal(await plain.page.locator(".mark").first().getAttribute("href"), "#f1");
  await plain.page.click("button[value=fraud]");
  await plain.page.waitForSelector("article[data-answer=scam]");
  assert.match(await plain.page.inputValue("#text"), /立\*案/);
  await plain.context.close();
});

for (const scheme of ["light", "dark"]) {
  for (const width of [360, 768, 1280]) {
    await step(`${width} px, ${scheme}: axe finds nothing, nothing overflows`, async () => {
      const view = await open({ colorScheme: scheme, viewport: { width, height: 800 } });
      assert.deepEqual(await violations(view.page), []);
      await view.page.screenshot({ path: `${process.env.SHOTS}/${width}-${scheme}-empty.png`, fullPage: true });
      for (const [name, text] of Object.entries(messages)) {
        await check(view.page, text);
        await view.page.evaluate(() => document.querySelectorAll(".findings details").forEach((d) => (d.open = true)));
        const wide = await view.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(wide, false, `${name} is wider than the window`);
        await view.page.screenshot({ path: `${process.env.SHOTS}/${width}-${scheme}-${name}.png`, fullPage: true });
        await view.page.evaluate(() => document.querySelectorAll("details").forEach((d) => (d.open = true)));
        assert.deepEqual(await violations(view.page), [], name);
        const opened = await view.page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
        assert.equal(opened, false, `${name} with all opened is wider than the window`);
      }
      await view.context.close();
    });
  }
}

await browser.close();
console.log(`${passed} steps passed${process.exitCode ? ", some failed" : ""}`);
