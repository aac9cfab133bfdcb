import { azureGrantRedundant } from "../../policy-pack/rules/azure-grant-redundant.ts";
import { ACCOUNT, IDENTITY, role } from "../policy-grants.ts";
import { type Declared, GROUP, GROUP_SCOPE, SUBSCRIPTION_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const storage: Declared = {
    type: "azure-native:storage:StorageAccount",
    name: "storage",
    props: { accountName: UNKNOWN, resourceGroupName: UNKNOWN },
    links: { resourceGroupName: [GROUP] },
};

testRule(azureGrantRedundant, [
    {
        fact: "takes roles that each allow something, and the same role of two identities",
        stack: [
            GROUP,
            IDENTITY,
            ACCOUNT,
            role("reads", "Reader", IDENTITY),
            role("blobs", "Storage Blob Data Reader", IDENTITY),
            role("too", "Reader", ACCOUNT),
        ],
    },
    {
        fact: "takes a role on a group beside a lesser one on the subscription",
        stack: [
            IDENTITY,
            role("operates", "Website Contributor", IDENTITY, GROUP_SCOPE),
            role("reads", "Reader", IDENTITY, SUBSCRIPTION_SCOPE),
        ],
    },
    {
        fact: "finds a role that a wider scope gives already",
        stack: [
            IDENTITY,
            role("narrow", "Reader", IDENTITY, GROUP_SCOPE),
            role("wide", "Reader", IDENTITY, SUBSCRIPTION_SCOPE),
        ],
        finds: [
            "narrow: role 'Reader' on resource group rg-a gives 'job' nothing beside role 'Reader' on subscription aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa; expected one or the other",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that a larger one on the group around it gives already, where no id is known yet",
        stack: [
            GROUP,
            storage,
            IDENTITY,
            role("narrow", "Storage Blob Data Reader", IDENTITY, storage),
            role("wide", "Storage Blob Data Owner", IDENTITY),
        ],
        finds: [
            "narrow: role 'Storage Blob Data Reader' on storage account storage in group gives 'job' nothing beside role 'Storage Blob Data Owner' on resource group group; expected one or the other",
        ],
        findsOnResource: [],
    },
    {
        fact: "finds a role that is assigned twice, which Azure refuses",
        stack: [GROUP, IDENTITY, role("one", "Reader", IDENTITY), role("two", "Reader", IDENTITY)],
        finds: [
            "two: role 'Reader' on resource group group gives 'job' nothing beside role 'Reader' on resource group group; expected one or the other",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes a role beside one that is not known, which other rules find",
        stack: [GROUP, IDENTITY, role("known", "Reader", IDENTITY), role("hidden", UNKNOWN, IDENTITY)],
    },
]);
