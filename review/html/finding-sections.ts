import { inThousands } from "../count.ts";
import type { Review, ReviewedException, ReviewedFinding, SmallerSet } from "../model.ts";
import { place, section, tierLabel } from "./access-sections.ts";
import { html, link, prose } from "./markup.ts";
import type { Markup } from "./markup.ts";

const state = ({ severity, mandatory, status, accepted }: ReviewedFinding): string => {
    if (status === "resolved") return `mended, was ${severity}`;
    const weight = accepted !== undefined ? ", accepted" : mandatory ? ", stops the deployment" : "";
    return `${severity}${weight}${status === "new" ? ", new" : status === "known" ? ", not from this change" : ""}`;
};

const findingItem = (finding: ReviewedFinding): Markup => {
    const { subject, message, remediation, rule, url, at, accepted, smaller, cut, status, severity } = finding;
    const isOpen = status !== "resolved" && accepted === undefined;
    return html`<li class="finding ${isOpen ? severity : "closed"}">
        <p>
            <b>${state(finding)}</b> on <code>${subject}</code>${at === undefined ? undefined : html` at ${place(at)}`}:
            ${prose(message)} (${link(rule, url)})
        </p>
        ${
            isOpen ? html`<p>To mend: ${prose(remediation)}</p>` : undefined
        }${smaller === undefined ? undefined : html`<p>Enough would be: ${smaller.map(each => html`<code>${each}</code> `)}</p>`}${
            cut === undefined ? undefined : html`<p>Cheapest cut: take away <code>${cut}</code></p>`
        }${
            accepted === undefined
                ? undefined
                : html`<p>Accepted by ${accepted.owner} until ${accepted.expires}: ${prose(accepted.reason)}</p>`
        }
    </li> `;
};

/** What the rules say. */
export const findingsSection = ({ findings }: Review): Markup | undefined =>
    section(
        "findings",
        "Findings",
        findings.length,
        html`<ul class="findings">
            ${findings.map(findingItem)}
        </ul>`,
    );

const smallerItem = ({ identity, kind, enough, dropped, opensNow, wouldOpen }: SmallerSet): Markup =>
    html`<li>
        <p>
            <b>${identity}</b> needs less: ${inThousands(wouldOpen)} ${kind === "permissions" ? "calls" : "actions"}
            open instead of ${inThousands(opensNow)}
        </p>
        <ul>
            ${enough.map(
                ({ right, because }) =>
                    html`<li>
                        keep or give <code>${right}</code>, for
                        ${because.map(({ call, at }, n) => html`${n > 0 ? ", " : ""}<code>${call}</code>${at.map(line => html` at ${place(line)}`)}`)}
                    </li>`,
            )}${dropped.map(({ right, why }) => html`<li>drop <code>${right}</code>: ${prose(why)}</li>`)}
        </ul>
    </li> `;

/** Smaller sets that would do, with their proof. */
export const smallerSection = ({ smaller }: Review): Markup | undefined =>
    section(
        "smaller",
        "Less would do",
        smaller.length,
        html`<ul>
            ${smaller.map(smallerItem)}
        </ul>`,
    );

const exceptionItem =
    (words: string) =>
    ({ subject, rule, finding, owner, expires, reason }: ReviewedException): Markup =>
        html`<li>
            <b>${words} ${expires}</b>: <code>${subject}</code>, <code>${rule}</code>: ${prose(finding)} —
            ${prose(reason)} (${owner})
        </li>`;

/** Exceptions, those that need somebody first. */
export const exceptionsSection = ({ exceptions }: Review): Markup | undefined => {
    const { expired, expiring, unused, used } = exceptions;
    const soon = new Set(expiring.map(each => JSON.stringify(each)));
    const items = [
        ...expired.map(exceptionItem("expired")),
        ...expiring.map(exceptionItem("ends soon,")),
        ...unused.map(exceptionItem("for no finding of this stack, until")),
        ...used.filter(each => !soon.has(JSON.stringify(each))).map(exceptionItem("in use until")),
    ];
    return section(
        "exceptions",
        "Exceptions",
        items.length,
        html`<ul>
            ${items}
        </ul>`,
    );
};

/** What the deployment itself takes, and when it shows. */
export const deployingSection = ({ deployer, delays }: Review): Markup | undefined =>
    section(
        "deploying",
        "Deploying it",
        deployer.length + delays.length,
        html`<ul>
            ${deployer.map(({ what, why, tier }) => html`<li>Whoever deploys needs ${prose(what)} ${tierLabel(tier)}: ${prose(why)}</li>`)}${delays.map(words => html`<li>Not at once: ${prose(words)}</li>`)}
        </ul>`,
    );
