import { azureAssignmentNameRandom } from "../../policy-pack/rules/azure-assignment-name-random.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, testRule, UNKNOWN } from "../policy-support.ts";

const NAME = "33333333-0000-5000-8000-000000000003";
const LEFT =
    "grant: its name is left to the provider, which makes up another whenever it replaces the assignment; expected a GUID that follows from scope, principal and role";
const CHANCE =
    "grant: its name is a GUID as chance makes it, not of version 3, 5 or 8; expected a GUID that follows from scope, principal and role";
const RANDOM =
    "grant: its name comes from a resource of random values; expected a GUID that follows from scope, principal and role";

const grant = (props: Declared["props"], links: Declared["links"] = {}, type = AZURE_ROLE_ASSIGNMENT): Declared => ({
    type,
    name: "grant",
    props,
    links,
});
const uuid: Declared = { type: "random:index/randomUuid:RandomUuid", name: "uuid", props: {} };
const identity: Declared = { type: "azure-native:managedidentity:UserAssignedIdentity", name: "identity", props: {} };

testRule(azureAssignmentNameRandom, [
    { fact: "takes a name that the program gives", stack: [grant({ roleAssignmentName: NAME })] },
    {
        fact: "takes a name that is worked out from what is not known yet",
        stack: [grant({ roleAssignmentName: UNKNOWN }, { roleAssignmentName: [identity] })],
    },
    {
        fact: "takes a name that classic azure makes up, as it replaces what changes",
        stack: [
            grant({}, {}, "azure:authorization/assignment:Assignment"),
            grant({ name: UNKNOWN }, { name: [uuid] }, "azure:role/assignment:Assignment"),
        ],
    },
    {
        fact: "finds a name that is missing, under any token of azure-native",
        stack: [
            grant({}),
            grant({ roleAssignmentName: "" }, {}, "azure-native:authorization/v20220401:RoleAssignment"),
            grant({}, {}, "azure-native_authorization_v20220401:authorization:RoleAssignment"),
        ],
        finds: [LEFT, LEFT, LEFT],
    },
    {
        fact: "finds a name that the provider has filled in",
        stack: [grant({ roleAssignmentName: NAME.replace("-5", "-4"), __createBeforeDelete: true })],
        finds: [LEFT],
    },
    {
        fact: "finds a name that comes from a random resource, where the stack shows it",
        stack: [grant({ roleAssignmentName: UNKNOWN }, { roleAssignmentName: [uuid] })],
        finds: [RANDOM],
        findsOnResource: [],
    },
    {
        fact: "finds a name that comes from a random resource once it is known",
        stack: [grant({ roleAssignmentName: NAME.replace("-5", "-4") }, { roleAssignmentName: [uuid] })],
        finds: [RANDOM],
        findsOnResource: [CHANCE],
    },
    {
        fact: "finds a name that is a random GUID, be it written down or filled in by the provider",
        stack: [
            grant({ roleAssignmentName: NAME.replace("-5", "-4") }),
            grant({ roleAssignmentName: NAME.replace("-8", "-1").toUpperCase() }),
        ],
        finds: [CHANCE, CHANCE],
    },
    {
        fact: "takes a name of each version that is worked out from something",
        stack: ["-3", "-5", "-8"].map(version => grant({ roleAssignmentName: NAME.replace("-5", version) })),
    },
    {
        fact: "finds a name that is no GUID",
        stack: [grant({ roleAssignmentName: "reader-of-logs" })],
        finds: [
            "grant: its name is 'reader-of-logs', which Azure refuses; expected a GUID that follows from scope, principal and role",
        ],
    },
]);
