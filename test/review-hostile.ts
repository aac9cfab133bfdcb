import type { Finding } from "../access/finding.ts";
import type { Principal, Right } from "../access/model.ts";
import type { Review } from "../review/model.ts";
import type { Path } from "../review/paths.ts";
import { reviewOf } from "../review/review-of.ts";
import { model, role, SUBSCRIPTION } from "./review-models.ts";
import { NOW } from "./review-situations.ts";

/** Names that break out of something, each. */
export const HOSTILE: readonly string[] = [
    "<script>globalThis.broken=1</script>",
    '<img src=x onerror="globalThis.broken=1">',
    '"><svg onload=globalThis.broken=1>',
    "' onfocus='globalThis.broken=1' autofocus='",
    "</title></style></script><script>globalThis.broken=1</script>",
    "]]><x/>",
    "<!-- -->",
    "--><b>out</b>",
    "a | b | c",
    "a \\| b",
    "`code` ``more``",
    "**bold** _it_ ~~no~~ $x$",
    "[click](javascript:globalThis.broken=1)",
    "![pixel](https://evil.example/pixel.png)",
    "<https://evil.example>",
    "https://evil.example/?q=1",
    "www.evil.example",
    "@octocat and @org/team",
    "#1 GH-2 org/repo#3 0123456789abcdef0123456789abcdef01234567",
    "line\n## heading\n- [x] done",
    "::set-output name=token::stolen",
    "x\n::error::fake",
    "##vso[task.setvariable variable=a]b",
    "##[error]fake",
    "\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007",
    "\u202egnp.exe\u202c \u2066x\u2069",
    "zero\u200bwidth\ufeff\u00ad",
    "\ud800 lone",
    "\u0000null",
    "</details></table></td>",
    "&lt;b&gt; &#60;",
    "| --- | --- |",
    "a'b'c 'd' @e'",
    "x".repeat(5_000),
    "__proto__",
    "constructor",
    "",
    " ",
];

/** A review in which every name, message and reason is a given text; a plain web address is no fault in a link. */
export const reviewWith = (text: string): Review => {
    const holder: Principal = { key: `urn:${text}`, kind: "user-assigned", name: text };
    const other: Principal = { key: `other:${text}`, kind: "user-assigned", name: `${text} ${text}` };
    const gone = role(other, "Reader", SUBSCRIPTION, { resource: "gone" });
    const held: Right = {
        ...role(holder, "Reader", SUBSCRIPTION, { reason: text, owner: text, condition: text, actions: [text] }),
        role: text,
        scope: { kind: "resource", urn: `a::${text}`, type: text },
    };
    const permission: Right = {
        ...{ kind: "permission", key: `p:${text}`, urn: text, holder: holder.key, tier: 0, appId: text },
        ...{ api: text, permission: text, calls: [text], reason: text },
    };
    const finding: Finding = {
        ...{ rule: text, urn: `a::${text}`, message: text, severity: "critical", mandatory: true },
        ...{ remediation: text, url: text.startsWith("https://") ? "" : text, smaller: [text], cut: text },
        path: [{ from: text, to: text, edge: text, words: text, by: [] }],
    };
    const excepted = { rule: text, urn: text, finding: text, reason: text, owner: text, expires: text };
    const path: Path = {
        from: holder.key,
        to: other.key,
        tier: 0,
        cut: held.key,
        hops: [{ from: holder.key, to: other.key, edge: text, words: text, by: [] }],
    };
    return reviewOf({
        stack: text,
        before: model([holder, other], [gone], {
            hosts: [{ key: text, name: text, place: { kind: "resource" }, identities: [holder.key] }],
        }),
        after: model([holder, other], [held, permission], {
            entries: [
                {
                    key: text,
                    urn: text,
                    principal: holder.key,
                    kind: "federated-credential",
                    issuer: text,
                    subject: text,
                },
            ],
        }),
        findingsBefore: [],
        findings: [
            finding,
            { ...finding, accepted: { reason: text, owner: text, expires: text }, message: `${text}.` },
        ],
        exceptions: { used: [excepted], unused: [excepted], expired: [excepted], expiring: [excepted] },
        paths: { before: [], after: [path] },
        otherChanges: { create: 1, update: 0, replace: 0, delete: 0 },
        offline: text,
        sources: {
            resources: { [`a::${text}`]: { path: text, line: 1 } },
            code: { [holder.key]: { calls: [{ call: text, at: { path: text, line: 1 } }], complete: false } },
        },
        now: NOW,
    });
};

/** All of them in one review: their findings, changes and paths together. */
export const HOSTILE_REVIEW: Review = (() => {
    const [first, ...others] = HOSTILE.map(reviewWith);
    if (first === undefined) throw new Error("no hostile names");
    const all = [first, ...others];
    return {
        ...first,
        changes: all.flatMap(({ changes }) => changes),
        identities: all.flatMap(({ identities }) => identities),
        entries: all.flatMap(({ entries }) => entries),
        attachments: all.flatMap(({ attachments }) => attachments),
        paths: all.flatMap(({ paths }) => paths),
        findings: all.flatMap(({ findings }) => findings),
    };
})();
