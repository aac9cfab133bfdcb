import assert from "node:assert/strict";
import { azurePrincipalTypeMissing } from "../policy-pack/rules/azure-principal-type-missing.ts";
import { AZURE_ROLE_ASSIGNMENT, type Declared, GROUP_SCOPE, remediated, UNKNOWN } from "./policy-support.ts";

const IDENTITY = "11111111-0000-4000-8000-00000000000A";
const config = { identities: [IDENTITY] };
const assignment = (props: object): Declared => ({
    type: AZURE_ROLE_ASSIGNMENT,
    name: "grant",
    props: { principalId: IDENTITY.toLowerCase(), scope: GROUP_SCOPE, ...props },
});
const mended = (props: object, given: object = config): unknown =>
    remediated(azurePrincipalTypeMissing, assignment(props), { ...given });

describe("remediation of a missing principal type", () => {
    it("sets ServicePrincipal where the principal is listed as an identity, and leaves the rest as it is", () => {
        assert.deepEqual(mended({ description: "reads", condition: null }), {
            ...{ principalId: IDENTITY.toLowerCase(), scope: GROUP_SCOPE, description: "reads", condition: null },
            principalType: "ServicePrincipal",
        });
    });

    it("sets it in place of the default that the SDK fills in", () => {
        assert.equal(
            (mended({ principalType: "User" }) as Record<string, unknown>)["principalType"],
            "ServicePrincipal",
        );
    });

    it("sets it where a property says that the principal is a managed identity", () => {
        const delegated = { principalId: UNKNOWN, delegatedManagedIdentityResourceId: "/x" };
        assert.equal((mended(delegated, {}) as Record<string, unknown>)["principalType"], "ServicePrincipal");
    });

    it("does nothing where it is not certain what the principal is", () => {
        assert.equal(mended({}, {}), undefined);
        assert.equal(mended({ principalId: UNKNOWN }), undefined);
        assert.equal(mended({ principalId: "22222222-0000-4000-8000-000000000002" }), undefined);
    });

    it("does nothing where the type is right, or not known yet", () => {
        assert.equal(mended({ principalType: "ServicePrincipal" }), undefined);
        assert.equal(mended({ principalType: UNKNOWN }), undefined);
    });

    it("does nothing where it hangs on a tag that a single resource does not show", () => {
        const byTag = { where: [{ tags: { team: "a" }, identities: [IDENTITY] }] };
        assert.equal(mended({}, byTag), undefined);
    });
});
