import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { chromium } from "playwright-core";
import type { Browser, Page } from "playwright-core";
import { pageOf } from "../review/html/page.ts";
import { markdownOf } from "../review/markdown/markdown.ts";
import { reviewOf } from "../review/review-of.ts";
import { HOSTILE_REVIEW } from "./review-hostile.ts";
import { manyGrants, SHOWCASE } from "./review-showcase.ts";

const CHROMIUM = [
    process.env["CHROMIUM"],
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
].find(path => path !== undefined && existsSync(path));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const IMAGES = join(import.meta.dirname, "../docs/images");

/** About what GitHub shows comments in. */
const COMMENT_STYLE =
    "body{max-width:1000px;margin:24px auto;font:15px/1.5 system-ui,'DejaVu Sans',sans-serif;color:#1f2328}" +
    "table{border-collapse:collapse}td,th{border:1px solid #d0d7de;padding:6px 13px;text-align:left}" +
    "code{background:#eff1f3;border-radius:6px;padding:2px 5px;font-size:85%}h2,h3{border-bottom:1px solid #d0d7de}";

interface Violation {
    readonly id: string;
    readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

describe("the page of a review in a browser", function () {
    this.timeout(60_000);
    let folder = "";
    let browser: Browser;
    const troubles: string[] = [];

    before(async function () {
        if (CHROMIUM === undefined) {
            console.log("      skipped: no Chromium on this machine; install it, or name it in CHROMIUM");
            this.skip();
        }
        folder = mkdtempSync(join(tmpdir(), "leastwise-review-"));
        const pages = { showcase: SHOWCASE, many: manyGrants(2_000) };
        for (const [name, input] of Object.entries(pages))
            writeFileSync(join(folder, `${name}.html`), pageOf(reviewOf(input)));
        writeFileSync(join(folder, "hostile.html"), pageOf(HOSTILE_REVIEW));
        browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox"] });
    });

    after(async () => {
        await (browser as Browser | undefined)?.close();
        if (folder !== "") rmSync(folder, { recursive: true });
    });

    const open = async (name: string, options: Parameters<Browser["newPage"]>[0] = {}): Promise<Page> => {
        const page = await browser.newPage({ viewport: { width: 1240, height: 900 }, ...options });
        page.setDefaultTimeout(10_000);
        page.on("console", message => troubles.push(message.text()));
        page.on("pageerror", error => troubles.push(error.message));
        page.on("dialog", dialog => troubles.push(`dialog ${dialog.message()}`));
        page.on("request", request => {
            if (request.url() !== page.url() && !request.url().endsWith(`${name}.html`)) troubles.push(request.url());
        });
        await page.goto(pathToFileURL(join(folder, `${name}.html`)).href);
        return page;
    };

    /** Makes a picture for the docs, where these are to be made anew. */
    const picture = async (page: Page, name: string, height: number): Promise<void> => {
        if (process.env["UPDATE_IMAGES"] !== "1") return;
        mkdirSync(IMAGES, { recursive: true });
        await page.screenshot({ path: join(IMAGES, name), clip: { x: 0, y: 0, width: 1240, height }, fullPage: true });
    };

    const shownRights = (page: Page): Promise<number> => page.locator("#map .right:not(.off)").count();
    const focused = (page: Page): Promise<string> =>
        page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.id");

    afterEach(() => assert.deepEqual(troubles.splice(0), [], "no message, error, dialog or request"));

    for (const colorScheme of ["light", "dark"] as const) {
        it(`has no fault that axe knows of, ${colorScheme}`, async () => {
            const page = await open("showcase", { colorScheme, bypassCSP: true });
            await page.evaluate(AXE);
            const found = await page.evaluate<{ violations: Violation[] }>("axe.run()");
            const told = found.violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.target.join(" "))]);
            assert.deepEqual(told, []);
            await picture(page, `review-${colorScheme}.png`, 1_400);
            await page.close();
        });
    }

    it("shows only one identity, one tier, or what is searched for", async () => {
        const page = await open("showcase");
        assert.equal(await shownRights(page), 9);
        await page.selectOption("#filter-identity", { label: "report" });
        assert.equal(await shownRights(page), 3);
        assert.deepEqual(await page.locator("#changes ~ * tbody tr:visible td:nth-child(2)").allTextContents(), [
            "report",
            "report",
        ]);
        await page.locator("#filters [name=tier][value='0']").uncheck();
        assert.equal(await shownRights(page), 2);
        assert.match((await page.locator("#filter-count").textContent()) ?? "", /^2 of 9 rights/);
        await page.selectOption("#filter-identity", "");
        await page.locator("#filter-text").fill("virtual");
        assert.equal(await shownRights(page), 1);
        await page.locator("#filter-text").fill("");
        await page.locator("#filter-unchanged").uncheck();
        assert.equal(await page.locator("#map .right.unchanged:not(.off):not([data-tier='0'])").count(), 0);
        await page.close();
    });

    it("keeps boxes of one column apart, and lines at their boxes, whatever is filtered", async () => {
        const page = await open("showcase");
        await page.selectOption("#filter-identity", { label: "inventory" });
        const boxes = await page.locator("#map .right:not(.off) > .box > .card").all();
        const edges = await Promise.all(boxes.map(async box => (await box.boundingBox()) ?? { y: 0, height: 0 }));
        const sorted = edges.toSorted((a, b) => a.y - b.y);
        for (const [at, edge] of sorted.slice(1).entries())
            assert.ok(edge.y >= (sorted[at]?.y ?? 0) + (sorted[at]?.height ?? 0));
        const first = page.locator("#map .right:not(.off)").first();
        const [line, card] = [
            await first.locator(".line").first().boundingBox(),
            await first.locator(".card").boundingBox(),
        ];
        assert.ok(line !== null && card !== null);
        assert.ok(Math.abs(line.x + line.width - card.x) < 6, `${String(line.x + line.width)} and ${String(card.x)}`);
        await page.close();
    });

    it("is walked by keyboard: one stop of the tab key, then arrows along and across", async () => {
        const page = await open("showcase");
        await page.locator("#map-frame").focus();
        await page.keyboard.press("Tab");
        assert.match(await focused(page), /^report runs aa-nightly/);
        await page.keyboard.press("ArrowRight");
        assert.match(
            await focused(page),
            /^User\.ReadWrite\.All control plane · widened · on Microsoft Graph · held by report/,
        );
        assert.match((await page.locator("#map-detail").textContent()) ?? "", /disables the accounts of leavers/);
        assert.equal(await page.locator("#map.tracing").count(), 1);
        await page.keyboard.press("ArrowDown");
        assert.match(await focused(page), /Key Vault Secrets User/);
        await page.keyboard.press("ArrowRight");
        assert.match(await focused(page), /^vault kv-payroll/);
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.press("End");
        assert.match(await focused(page), /^cleaner runs/);
        await page.keyboard.press("Escape");
        assert.equal(await page.locator("#map.tracing").count(), 0);
        await page.keyboard.press("Tab");
        assert.doesNotMatch(await focused(page), /identity/);
        await page.close();
    });

    it("draws an escalation path and shows it in the map", async () => {
        const page = await open("showcase");
        assert.equal(await page.locator("#map .hop").count(), 2);
        await page.locator(".trace").first().click();
        assert.equal(await page.locator("#map .path.on").count(), 1);
        assert.deepEqual((await page.locator("#map .right.on .name").allTextContents()).sort(), [
            "Automation Contributor",
            "RoleManagement.ReadWrite.Directory",
        ]);
        assert.match((await page.locator("#map-detail").textContent()) ?? "", /from cleaner to RoleManagement/);
        await page.close();
    });

    it("prints the whole map and all tables, without filters", async () => {
        const page = await open("showcase");
        await page.emulateMedia({ media: "print" });
        assert.equal(await page.locator("#filters").isVisible(), false);
        const hidden = await page.evaluate<number>(
            "(frame => frame.scrollHeight - frame.clientHeight)(document.getElementById('map-frame'))",
        );
        assert.ok(hidden <= 1, `${String(hidden)} px of the map do not show`);
        const pdf = await page.pdf({ format: "A4" });
        assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
        await page.close();
    });

    it("shows all there is where scripts do not run", async () => {
        const page = await open("showcase", { javaScriptEnabled: false });
        assert.equal(await page.locator("#map .right:not(.off)").count(), 9);
        assert.equal(await page.locator("#filters").isVisible(), false);
        await page.close();
    });

    it("shows 2,000 grants within a second, and filters them", async () => {
        const paints: number[] = [];
        for (let load = 0; load < 3; load += 1) {
            const page = await open("many");
            paints.push(await page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime"));
            await page.close();
        }
        assert.ok(Math.min(...paints) < 1_000, `first views after ${paints.map(Math.round).join(", ")} ms`);
        const page = await open("many");
        assert.equal(await shownRights(page), 500);
        const clicks = await page.evaluate<number[]>(
            `[1, 2, 3].map(() => { const box = document.getElementById("filter-unchanged"); const from = performance.now(); box.click(); return performance.now() - from; })`,
        );
        assert.equal(await shownRights(page), 2_000);
        assert.ok(Math.min(...clicks) < 1_000, `filtered in ${clicks.map(Math.round).join(", ")} ms`);
        await page.selectOption("#filter-identity", { label: "workload-7" });
        assert.equal(await shownRights(page), 4);
        await page.close();
    });

    it("reads as a comment on a pull request: a table of changes, findings with links, what is folded closed", async () => {
        const html = micromark(markdownOf(reviewOf(SHOWCASE)), {
            extensions: [gfm()],
            htmlExtensions: [gfmHtml()],
            allowDangerousHtml: true,
        });
        writeFileSync(join(folder, "comment.html"), `<!doctype html><style>${COMMENT_STYLE}</style>${html}`);
        const page = await open("comment");
        assert.equal(await page.locator("table").first().locator("tbody tr").count(), 6);
        assert.equal(await page.locator("a[href^='https://unpkg.com/leastwise/docs/rules/']").count(), 2);
        assert.equal(await page.getByText("can give itself or others any right").isVisible(), false);
        await picture(page, "review-comment.png", 1_000);
        await page.close();
    });

    it("runs nothing that a name holds", async () => {
        const page = await open("hostile");
        assert.equal(await page.evaluate("globalThis.broken === undefined"), true);
        assert.equal(await page.locator("script").count(), 1);
        assert.equal(await page.locator("img, iframe, object, embed, form:not(#filters)").count(), 0);
        await page.close();
    });
});
