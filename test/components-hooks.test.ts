import assert from "node:assert/strict";
import fc from "fast-check";
import { failureOf } from "../components/hooks/failure.ts";
import { nextDelay } from "../components/hooks/patience.ts";

const PASSING = [
    'Status=400 Code="PrincipalNotFound" Message="Principal 1 does not exist in the directory 2."',
    "Could not create app role assignment: unexpected status 400 with error: Request_BadRequest: Not a valid reference update.",
    "unexpected status 404 (404 Not Found) with error: Request_ResourceNotFound: Resource 'x' does not exist",
    "Provider produced inconsistent result after apply: root object was present, but now absent",
    "unexpected status 409 with error: Directory_ConcurrencyViolation: A conflicting object",
    'Status=429 Code="TooManyRequests"',
    "unexpected status 503 (503 Service Unavailable)",
    "HTTP response was nil; connection may have been reset",
    "read tcp 10.0.0.1:443: ECONNRESET",
];

const EXISTS = [
    "Request_BadRequest: Permission being assigned already exists on the object",
    'Status=409 Code="RoleAssignmentExists" Message="The role assignment already exists."',
    "cannot create already existing resource '/subscriptions/x/providers/Microsoft.Authorization/roleAssignments/y'",
    'Status=400 Code="RoleAssignmentUpdateNotPermitted"',
];

const FINAL = [
    'Status=403 Code="AuthorizationFailed"',
    "Authorization_RequestDenied: Insufficient privileges to complete the operation.",
    'Status=400 Code="InvalidRoleDefinition"',
    "unexpected status 400 with error: Request_BadRequest: Invalid GUID: 50029 is no GUID",
];

describe("an error of a provider", () => {
    for (const [kind, errors] of [
        ["passing", PASSING],
        ["exists", EXISTS],
        ["final", FINAL],
    ] as const) {
        for (const error of errors) it(`is ${kind}: ${error}`, () => assert.equal(failureOf(error), kind));
    }
});

describe("patience", () => {
    it("grows, is capped, and ends after minutes", () => {
        const delays = Array.from({ length: 60 }, (_, n) => nextDelay(n + 1));
        const waited = delays.filter(delay => delay !== undefined);
        assert.deepEqual(waited.slice(0, 6), [1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
        const total = waited.reduce((sum, delay) => sum + delay, 0);
        assert.ok(total > 4 * 60_000 && total <= 5 * 60_000, String(total));
        assert.equal(delays.at(-1), undefined);
    });

    it("does not come back once it has ended", () => {
        fc.assert(
            fc.property(fc.integer({ min: 1, max: 90 }), failures => {
                if (nextDelay(failures) === undefined) assert.equal(nextDelay(failures + 1), undefined);
            }),
        );
    });
});
