import assert from "node:assert/strict";
import * as fc from "fast-check";
import { accessModelOf } from "../policy-pack/adapter/access-model.ts";
import { resourcesOfState } from "../policy-pack/adapter/state.ts";
import { Unknown } from "../policy-pack/adapter/value.ts";
import { STACK_URN, SUBSCRIPTION_SCOPE, UNKNOWN } from "./policy-support.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";
const TYPE = "azure-native:keyvault:Secret";

const entry = (name: string, more: object = {}) => ({ urn: `${STACK_URN}${TYPE}::${name}`, type: TYPE, ...more });
const exported = (...resources: readonly unknown[]) => ({ version: 3, deployment: { resources } });
const first = (...resources: readonly unknown[]) => {
    const [resource] = resourcesOfState(exported(...resources));
    assert.ok(resource);
    return resource;
};
const why = (value: unknown): string => {
    assert.ok(value instanceof Unknown);
    return value.why;
};

describe("the resources of a state", () => {
    it("have inputs and outputs, ids, links and parents", () => {
        const parent = { urn: `${STACK_URN}leastwise:index:Workload::w`, type: "leastwise:index:Workload" };
        const linked = entry("linked", { id: "/linked" });
        const [, , resource] = resourcesOfState(
            exported(
                parent,
                linked,
                entry("it", {
                    id: "/it",
                    inputs: { vaultName: "in" },
                    outputs: { vaultName: "out", more: 1 },
                    parent: parent.urn,
                    propertyDependencies: { vaultName: [linked.urn, "urn:gone"] },
                }),
            ),
        );
        assert.equal(resource?.name, "it");
        assert.equal(resource.value("vaultName"), "in");
        assert.deepEqual([resource.output("vaultName"), resource.output("more"), resource.id], ["out", 1, "/it"]);
        assert.deepEqual(
            resource.links("vaultName").map(({ id }) => id),
            ["/linked"],
        );
        assert.equal(resource.parent?.token, "leastwise:Workload");
    });

    it("have the URN that a plan has renamed them to, for all that link to them", () => {
        const [old, linked] = [
            entry("old", { id: "/old" }),
            entry("it", { propertyDependencies: { vaultName: [entry("old").urn] } }),
        ];
        const now = `${STACK_URN}${TYPE}::new`;
        const [made, second] = resourcesOfState(exported(old, linked), { [old.urn]: now });
        assert.deepEqual([made?.urn, made?.name, made?.id], [now, "new", "/old"]);
        assert.equal(second?.links("vaultName")[0]?.urn, now);
    });

    it("leave out what is still to be deleted", () => {
        const [resource, ...others] = resourcesOfState(
            exported(entry("a", { delete: true, id: "/old" }), entry("a", { id: "/new" })),
        );
        assert.deepEqual([resource?.id, others.length], ["/new", 0]);
    });

    it("know a secret whose text the state shows, and not one that it keeps encrypted", () => {
        const shown = { [SIGNATURE]: SECRET, plaintext: JSON.stringify({ value: "x" }) };
        const hidden = { [SIGNATURE]: SECRET, ciphertext: "AAAA" };
        const broken = { [SIGNATURE]: SECRET, plaintext: "{" };
        const resource = first(entry("it", { inputs: { shown, properties: { value: hidden }, broken } }));
        assert.deepEqual(resource.value("shown"), { value: "x" });
        const { value } = resource.value("properties") as { value: unknown };
        assert.equal(why(value), "'properties.value' is a secret that the state keeps encrypted");
        assert.equal(why(resource.value("broken")), "'broken' is a secret that cannot be read");
    });

    it("do not know what was not known when they were written", () => {
        const output = { [SIGNATURE]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" };
        const resource = first(
            entry("it", { inputs: { a: UNKNOWN, b: [UNKNOWN], c: output, d: { ...output, value: "x" } } }),
        );
        assert.equal(why(resource.value("a")), "'a' is not known before its resources exist");
        assert.equal(why((resource.value("b") as unknown[])[0]), "'b.0' is not known before its resources exist");
        assert.equal(why(resource.value("c")), "'c' is not known before its resources exist");
        assert.equal(resource.value("d"), "x");
    });

    it("are read from an export, from a deployment, and from a backend's checkpoint", () => {
        const deployment = { resources: [entry("a")] };
        for (const state of [{ deployment }, deployment, { version: 3, checkpoint: { latest: deployment } }])
            assert.equal(resourcesOfState(state).length, 1);
        assert.deepEqual(resourcesOfState({ version: 3, deployment: {} }), []);
    });

    const BAD: readonly (readonly [unknown, string])[] = [
        [null, "state: got null; expected an object, as 'pulumi stack export' writes"],
        [[], "state: got a list; expected an object, as 'pulumi stack export' writes"],
        [{}, "state.resources: got nothing; expected a list of resources"],
        [{ deployment: { resources: {} } }, "deployment.resources: got an object; expected a list of resources"],
        [
            exported(entry("a"), 3),
            "deployment.resources[1]: got a number; expected an object, as 'pulumi stack export' writes",
        ],
        [exported({ urn: 3 }), "deployment.resources[0].urn: got a number; expected a text"],
    ];
    for (const [state, message] of BAD)
        it(`are not read from ${JSON.stringify(state)}`, () =>
            assert.throws(() => resourcesOfState(state), { message }));

    it("give a model without the text of any secret, whatever a state holds", () => {
        const text = "hunter2-hunter2";
        const secret = { [SIGNATURE]: SECRET, plaintext: JSON.stringify(text) };
        const keys = fc.constantFrom("value", "properties", "password", "siteConfig", "connectionString", "content");
        const types = fc.constantFrom(
            ...[
                TYPE,
                "azure-native:automation:Variable",
                "azuread:index/application:Application",
                "azure-native:web:WebApp",
            ],
        );
        fc.assert(
            fc.property(fc.array(fc.tuple(types, keys), { minLength: 1 }), list => {
                const resources = list.map(([type, key], at) => ({
                    urn: `${STACK_URN}${type}::r${String(at)}`,
                    type,
                    id: `${SUBSCRIPTION_SCOPE}/x/${String(at)}`,
                    inputs: { [key]: secret, identity: { type: "SystemAssigned" } },
                    outputs: { [key]: { nested: secret } },
                }));
                assert.ok(!JSON.stringify(accessModelOf(resourcesOfState(exported(...resources)))).includes(text));
            }),
            { numRuns: 50 },
        );
    });
});
