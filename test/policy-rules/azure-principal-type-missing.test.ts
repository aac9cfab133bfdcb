import { findRole } from "../../access/roles.ts";
import { azurePrincipalTypeMissing } from "../../policy-pack/rules/azure-principal-type-missing.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP_SCOPE, testRule, UNKNOWN } from "../policy-support.ts";

const grant = (props: Declared["props"], links: readonly Declared[] = [], type = AZURE_ROLE_ASSIGNMENT): Declared => ({
    type,
    name: "grant",
    props: { principalId: UNKNOWN, roleDefinitionId: findRole("Reader").id, scope: GROUP_SCOPE, ...props },
    links: { principalId: links },
});
const identity: Declared = { type: "azure-native:managedidentity:UserAssignedIdentity", name: "identity", props: {} };
const people: Declared = { type: "azuread:index/group:Group", name: "people", props: {} };

testRule(azurePrincipalTypeMissing, [
    {
        fact: "takes an identity as a service principal",
        stack: [grant({ principalType: "ServicePrincipal" }, [identity])],
    },
    { fact: "takes people as a group", stack: [grant({ principalType: "Group" }, [people])] },
    {
        fact: "finds that it is missing",
        stack: [grant({})],
        finds: [
            "grant: principalType is missing, so a fresh identity is refused; expected ServicePrincipal, Group or User",
        ],
    },
    {
        fact: "finds the default that the SDK fills in for an identity, where the stack links to it",
        stack: [grant({ principalType: "User" }, [identity])],
        finds: [
            "grant: principalType of an identity is 'User', which azure-native also fills in for none; expected ServicePrincipal",
        ],
        findsOnResource: [],
    },
    {
        fact: "takes none in classic azure, which waits by itself",
        stack: [grant({}, [identity], "azure:authorization/assignment:Assignment")],
    },
    {
        fact: "finds a type that is not known yet, in the preview alone",
        stack: [grant({ principalType: UNKNOWN })],
        finds: ["grant: cannot judge the principal type: 'principalType' is not known before its resources exist"],
        findsOnResource: [],
    },
]);
