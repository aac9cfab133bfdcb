import assert from "node:assert/strict";
import { output } from "@pulumi/pulumi";
import { ManagedIdentity } from "../components/index.ts";
import { LOOK_UP, listed, ofType, PRINCIPAL, record, UNKNOWN } from "./setup/mock-engine.ts";

const ISSUER = "https://token.actions.githubusercontent.com";

const principalOf = async (make: () => ManagedIdentity, options = {}): Promise<string> => {
    let principal: Promise<string> = Promise.resolve("");
    await record(() => {
        const { principalId } = make();
        principal = new Promise(resolve => principalId.apply(resolve));
    }, options);
    return principal;
};

describe("ManagedIdentity", () => {
    it("makes a user-assigned identity and its federated credentials, and nothing else", async () => {
        const federatedCredentials = [
            { name: "one", issuer: ISSUER, subject: "repo:a/b:ref:refs/heads/main" },
            { name: "two", issuer: ISSUER, subject: "repo:a/b:environment:live", audience: "api://own" },
        ];
        const made = await record(
            () =>
                new ManagedIdentity("id", {
                    userAssigned: {
                        resourceGroupName: "rg",
                        identityName: "id-a",
                        location: "westeurope",
                        tags: { a: "b" },
                        federatedCredentials,
                    },
                }),
        );
        const credential = (name: string, subject: string, audience: string) => ({
            type: "azure-native:managedidentity:FederatedIdentityCredential",
            name: `id-federation-${name}`,
            inputs: {
                resourceGroupName: "rg",
                resourceName: "id-a",
                federatedIdentityCredentialResourceName: name,
                issuer: ISSUER,
                subject,
                audiences: [audience],
            },
        });
        assert.deepEqual(made.asked, [
            { type: "leastwise:index:ManagedIdentity", name: "id", inputs: {} },
            {
                type: "azure-native:managedidentity:UserAssignedIdentity",
                name: "id-identity",
                inputs: { resourceGroupName: "rg", resourceName: "id-a", location: "westeurope", tags: { a: "b" } },
            },
            credential("one", "repo:a/b:ref:refs/heads/main", "api://AzureADTokenExchange"),
            credential("two", "repo:a/b:environment:live", "api://own"),
        ]);
    });

    it("writes federated credentials one after another", async () => {
        const federatedCredentials = ["one", "two", "three"].map(name => ({ name, issuer: ISSUER, subject: name }));
        const made = await record(
            () => new ManagedIdentity("id", { userAssigned: { resourceGroupName: "rg", federatedCredentials } }),
        );
        assert.equal(made.atOnce["azure-native:managedidentity:FederatedIdentityCredential"], 1);
    });

    it("does not know the name of a new identity at preview where only Azure confirms it", async () => {
        const federatedCredentials = [{ name: "one", issuer: ISSUER, subject: "s" }];
        const made = await record(
            () => new ManagedIdentity("id", { userAssigned: { resourceGroupName: "rg", federatedCredentials } }),
            {
                preview: true,
            },
        );
        const { inputs = {} } = ofType(made, "FederatedIdentityCredential")[0] ?? {};
        assert.deepEqual(
            Object.keys(inputs).filter(key => inputs[key] === UNKNOWN),
            ["resourceName"],
        );
        assert.equal(inputs["subject"], "s");
    });

    it("reads the system-assigned identity of any resource, and makes nothing", async () => {
        const owner = { id: output("/some/resource"), identity: output({ principalId: "from-the-resource" }) };
        const principal = await principalOf(() => new ManagedIdentity("id", { systemAssignedOf: owner }));
        const made = listed(await record(() => new ManagedIdentity("id", { systemAssignedOf: owner })));
        assert.equal(principal, "from-the-resource");
        assert.deepEqual(made, ["leastwise:index:ManagedIdentity id"]);
    });

    it("takes an existing identity by principal id without asking anybody", async () => {
        const made = await record(() => new ManagedIdentity("id", { existing: { principalId: PRINCIPAL } }));
        assert.deepEqual([listed(made), made.calls], [["leastwise:index:ManagedIdentity id"], []]);
    });

    it("finds an existing identity by the name of its enterprise application", async () => {
        const principal = await principalOf(
            () => new ManagedIdentity("id", { existing: { enterpriseApplication: "vm-1" } }),
            {
                answers: LOOK_UP,
            },
        );
        assert.equal(principal, "99999999-aaaa-4aaa-8aaa-999999999999");
    });

    it("finds a user-assigned identity by its resource id", async () => {
        const resourceId =
            "/subscriptions/s/resourceGroups/rg-a/providers/Microsoft.ManagedIdentity/userAssignedIdentities/id-b";
        const asked: unknown[] = [];
        const principal = await principalOf(() => new ManagedIdentity("id", { existing: { resourceId } }), {
            answers: {
                "azure-native:managedidentity:getUserAssignedIdentity": (inputs: Record<string, unknown>) => {
                    asked.push(inputs);
                    return { principalId: PRINCIPAL, clientId: "c" };
                },
            },
        });
        assert.equal(principal, PRINCIPAL);
        assert.deepEqual(asked, [{ resourceGroupName: "rg-a", resourceName: "id-b" }]);
    });

    it("refuses two forms at once, none, and two names of an existing identity", async () => {
        await record(() => {
            const two = { existing: { principalId: PRINCIPAL }, userAssigned: { resourceGroupName: "rg" } };
            assert.throws(() => new ManagedIdentity("id", two), {
                message: "id: expected one of userAssigned, systemAssignedOf, existing, got userAssigned, existing",
            });
            assert.throws(() => new ManagedIdentity("id2", {}), { message: /got none$/ });
            assert.throws(
                () => new ManagedIdentity("id3", { existing: { principalId: PRINCIPAL, resourceId: "/x" } }),
                {
                    message: /got 2 of them$/,
                },
            );
        });
    });
});
