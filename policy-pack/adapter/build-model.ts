import type { AccessModel, Entry, Host, Principal, Right } from "../../access/model.ts";
import { entriesOf } from "./entries.ts";
import type { GivenRight } from "./given-right.ts";
import { hostOf } from "./host.ts";
import { administratorsOf } from "./host-administrators.ts";
import type { PlainResource } from "./resource.ts";
import { rightsOf } from "./rights.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

const byKey = <T extends { readonly key: string }>(list: readonly T[]): readonly T[] =>
    list.toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

/** A resource can give a right twice over: each gets a key of its own. */
const apart = (rights: readonly Right[]): readonly Right[] => {
    const times = new Map<string, number>();
    return rights.map(right => {
        const time = (times.get(right.key) ?? 0) + 1;
        times.set(right.key, time);
        return time === 1 ? right : { ...right, key: `${right.key}~${String(time)}` };
    });
};

/** Of what is told of one principal in several places, the most telling. */
const distinct = (principals: readonly Principal[]): readonly Principal[] => {
    const found = new Map<string, Principal>();
    for (const principal of principals) {
        const known = found.get(principal.key);
        if (known === undefined || known.kind === "unknown") found.set(principal.key, principal);
    }
    return byKey([...found.values()]);
};

const madePrincipal = (resource: PlainResource, { places, principals }: StackDefinitions): readonly Principal[] => {
    const made = principals.madeBy(resource);
    if (made === undefined) return [];
    const application = made.kind === "service-principal" ? principals.applicationOf(resource) : undefined;
    return [
        {
            ...made,
            ...(made.kind === "user-assigned" && { place: places.of(resource) }),
            ...(application && { application: application.key }),
        },
    ];
};

/** The resources that a plan has renamed; a state has none, and a URN that is in use is of another resource. */
const renamedIn = ({ resources }: StackDefinitions): AccessModel["renamed"] => {
    const urns = new Set(resources.map(({ urn }) => urn));
    const renamed = resources.flatMap(({ urn, formerUrns }) =>
        formerUrns.filter(former => !urns.has(former)).map(former => [former, urn] as const),
    );
    return renamed.length === 0 ? undefined : Object.fromEntries(renamed);
};

/** What a stack gives whom, from its resources. */
export const buildModel = (defined: StackDefinitions): AccessModel => {
    const { resources, principals } = defined;
    const given: readonly GivenRight[] = resources.flatMap(resource => rightsOf(resource, defined));
    const entries = resources.flatMap(resource => entriesOf(resource, defined));
    const renamed = renamedIn(defined);
    const holders = new Map(given.map(({ holder }) => [holder.key, holder]));
    const attached = resources.flatMap(resource => principals.attachedTo(resource));
    const hosts = resources.flatMap(resource => hostOf(resource, defined, holders) ?? []);
    const hosting = new Set(hosts.map(({ key }) => key));
    const administrators = resources.flatMap(resource =>
        hosting.has(resource.urn) ? administratorsOf(resource, defined) : [],
    );
    return {
        principals: distinct([
            ...resources.flatMap(resource => madePrincipal(resource, defined)),
            ...attached,
            ...given.map(({ holder }) => holder),
            ...given.flatMap(({ about }) => about ?? []),
            ...entries.map(({ principal }) => principal),
            ...administrators,
        ]),
        hosts: byKey<Host>(hosts),
        rights: apart(byKey<Right>(given.map(({ right }) => right))),
        entries: byKey<Entry>(entries.map(({ entry }) => entry)),
        ...(renamed && { renamed }),
    };
};
