import { isKnown } from "../adapter/value.ts";
import { rule } from "../rule.ts";

/** Addresses whose content never changes: they name a commit, or the version of a blob. */
const PINNED = [
    /^https:\/\/raw\.githubusercontent\.com\/[^/]+\/[^/]+\/[0-9a-f]{40}\//i,
    /^https:\/\/gist\.githubusercontent\.com\/[^/]+\/[0-9a-f]+\/raw\/[0-9a-f]{40}\//i,
    /^https:\/\/github\.com\/[^/]+\/[^/]+\/raw\/[0-9a-f]{40}\//i,
    /^https:\/\/[^?]+\?(?:.*&)?versionid=\d{4}-\d{2}-\d{2}T/i,
];

const isPinned = (uri: string): boolean => PINNED.some(each => each.test(uri));

/** An address without what signs it. */
const shown = (uri: string): string => uri.replace(/\?.*$/, "?…");

export const automationRunbookContentMutable = rule({
    name: "automation-runbook-content-mutable",
    description:
        "What a runbook runs is what was reviewed: its content is fetched by hash, or from an address that never changes.",
    severity: "medium",
    controls: { mcsb: "DS-2" },
    remediationSteps:
        "Give publishContentLink a contentHash of the reviewed text, or an address that names a commit; Leastwise's Runbook publishes the text itself.",
    judges: "runbook",
    needs: ["link"],
    options: {},
    check: ({ link }) => {
        if (link === undefined) return [];
        const { uri, hash, follows } = link;
        const from = isKnown(uri) ? `'${shown(uri ?? "")}'` : "an address that is not known yet";
        if (follows === true)
            return [
                `runbooks follow a branch of ${from}, so what runs can change unseen; expected them published by the program`,
            ];
        if (isKnown(uri) && uri !== undefined && !uri.toLowerCase().startsWith("https://"))
            return [
                `the content is fetched from '${shown(uri)}', where anybody between can change it; expected 'https://…'`,
            ];
        if (!isKnown(hash) || hash !== undefined || (isKnown(uri) && uri !== undefined && isPinned(uri))) return [];
        return [
            `the content is fetched from ${from} without a contentHash, so what runs can change unseen; expected a hash`,
        ];
    },
});
