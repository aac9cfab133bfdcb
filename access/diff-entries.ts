import type { AccessModel, Entry } from "./model.ts";

/** A way to sign in from outside that was opened, closed, or leads elsewhere now. */
export interface EntryChange {
    readonly change: "added" | "removed" | "changed";
    readonly before?: Entry;
    readonly after?: Entry;
}

/** A host that an identity was attached to or taken from. */
export interface AttachmentChange {
    readonly change: "added" | "removed";
    /** Key of the host. */
    readonly host: string;
    /** Key of the principal. */
    readonly identity: string;
}

const gives = ({ principal, kind, issuer, subject, audiences }: Entry): string =>
    JSON.stringify([principal, kind, issuer, subject, audiences]);

/** The entries that differ, in the order of their keys. */
export const diffEntries = (before: AccessModel, after: AccessModel): readonly EntryChange[] => {
    const old = new Map(before.entries.map(entry => [entry.key, entry]));
    const now = new Map(after.entries.map(entry => [entry.key, entry]));
    const keys = [...new Set([...old.keys(), ...now.keys()])].sort();
    return keys.flatMap((key): EntryChange[] => {
        const [was, is] = [old.get(key), now.get(key)];
        if (was === undefined) return is === undefined ? [] : [{ change: "added", after: is }];
        if (is === undefined) return [{ change: "removed", before: was }];
        return gives(was) === gives(is) ? [] : [{ change: "changed", before: was, after: is }];
    });
};

const attachments = ({ hosts }: AccessModel): Map<string, readonly [host: string, identity: string]> =>
    new Map(
        hosts.flatMap(({ key, identities }) =>
            identities.map(identity => [JSON.stringify([key, identity]), [key, identity]] as const),
        ),
    );

/** The identities that hosts gained or lost, in the order of the hosts. */
export const diffAttachments = (before: AccessModel, after: AccessModel): readonly AttachmentChange[] => {
    const [old, now] = [attachments(before), attachments(after)];
    return [...new Set([...old.keys(), ...now.keys()])].sort().flatMap((key): AttachmentChange[] => {
        const pair = now.get(key) ?? old.get(key);
        if (pair === undefined || (old.has(key) && now.has(key))) return [];
        const [host, identity] = pair;
        return [{ change: now.has(key) ? "added" : "removed", host, identity }];
    });
};
