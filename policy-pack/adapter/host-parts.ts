import { armTypeOf } from "./arm-type.ts";
import type { PlainResource } from "./resource.ts";
import type { StackDefinitions } from "./stack-definitions.ts";

/** Properties by which a resource names another that it is a part of. */
const NAMING: readonly string[] = [
    ...["serverName", "serverId", "managedInstanceName", "managedInstanceId"],
    ...["resourceName", "virtualMachineId", "vmName", "virtualMachineScaleSetId", "vmScaleSetName", "name"],
];

/** Types that say something of their host alone, by the Azure type of the host. */
const PARTS: Readonly<Record<string, RegExp>> = {
    "microsoft.compute/virtualmachines": /:(compute:|compute:VirtualMachine|VirtualMachine)Extension$/,
    "microsoft.compute/virtualmachinescalesets": /VirtualMachineScaleSetExtension$/,
    "microsoft.containerservice/managedclusters": /:containerservice:IdentityBinding$/,
    "microsoft.dbforpostgresql/flexibleservers":
        /:(dbforpostgresql:Administrator(sMicrosoftEntra)?|\w*FlexibleServerActiveDirectoryAdministrator)$/,
    "microsoft.sql/managedinstances": /:(sql:|\w*)ManagedInstance(ActiveDirectory)?Administrator$/,
    "microsoft.sql/servers": /:sql:(ServerAzureADAdministrator|ActiveDirectoryAdministrator)$/,
    "microsoft.web/sites": /:web:WebAppApplicationSettings$/,
    "microsoft.web/sites/slots": /:web:WebAppApplicationSettingsSlot$/,
};

const hostTypeOf = ({ token = "" }: PlainResource): string | undefined =>
    Object.entries(PARTS).find(([, tokens]) => tokens.test(token))?.[0];

const hostOf = (part: PlainResource, type: string, { places }: StackDefinitions): PlainResource | undefined => {
    for (const key of NAMING) {
        const linked = part.links(key).find(each => armTypeOf(each) === type);
        if (linked !== undefined) return linked;
        const text = part.has(key) ? part.text(key) : undefined;
        const found =
            typeof text !== "string"
                ? undefined
                : text.includes("/")
                  ? places.resourceWithId(text)
                  : places.beside(part, type, text);
        if (found !== undefined) return found;
    }
    return undefined;
};

type Parts = ReadonlyMap<string, readonly PlainResource[]>;

const known = new WeakMap<StackDefinitions, Parts>();

const read = (defined: StackDefinitions): Parts => {
    const pairs = defined.resources.flatMap(part => {
        const type = hostTypeOf(part);
        const host = type === undefined ? undefined : hostOf(part, type, defined);
        return host === undefined ? [] : [{ host: host.urn, part }];
    });
    return new Map(
        [...Map.groupBy(pairs, ({ host }) => host)].map(([urn, list]) => [urn, list.map(({ part }) => part)]),
    );
};

/** The resources of a stack that only say something of another, such as the settings of an app. */
export const partsOf = ({ urn }: PlainResource, defined: StackDefinitions): readonly PlainResource[] => {
    const parts = known.get(defined) ?? read(defined);
    known.set(defined, parts);
    return parts.get(urn) ?? [];
};
