import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ENTRY = fileURLToPath(new URL("../bin/leastwise.js", import.meta.url));

interface Run {
    readonly status: number | null;
    readonly out: string;
    readonly err: string;
}

const run = (args: readonly string[], input = ""): Run => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [ENTRY, "explain", ...args], {
        input,
        encoding: "utf8",
        env: { ...process.env, NO_COLOR: "1" },
        maxBuffer: 64 * 1024 * 1024,
    });
    return { status, out: stdout, err: stderr };
};

const json = (args: readonly string[], input = ""): unknown => {
    const { status, out, err } = run(["--json", ...args], input);
    assert.equal(err, "");
    assert.equal(status, 0);
    assert.equal(out.trimEnd().split("\n").length, 1, "one line of JSON");
    return JSON.parse(out);
};

type Shape = string | { readonly [key: string]: Shape } | readonly Shape[];

/** The keys, in their order, and types of a value; an array by its first item. */
const shapeOf = (value: unknown): Shape => {
    if (Array.isArray(value)) return value.length === 0 ? [] : [shapeOf(value[0])];
    if (typeof value !== "object" || value === null) return typeof value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shapeOf(part)]));
};

describe("leastwise explain --json --calls -", function () {
    this.timeout(60_000);

    it("prints exactly the keys and types of its contract", () => {
        const answer = json(["--calls", "-"], "GET /users/{id}\nGET /groups/{id}/members\nGET /no/such/path\n");
        assert.deepEqual(shapeOf(answer), {
            permissions: ["string"],
            perPermission: [{ name: "string", tier: "number", reach: "number", coversOnly: ["string"] }],
            reach: "number",
            unmatched: [{ call: "string", why: "string" }],
            optimal: "boolean",
        });
        assert.deepEqual(Object.keys(answer as object), [
            "permissions",
            "perPermission",
            "reach",
            "unmatched",
            "optimal",
        ]);
    });

    it("names the calls as they were written", () => {
        const line = "get https://graph.microsoft.com/v1.0/users/{id}?$top=5";
        const answer = json(["--calls", "-"], `${line}\n`) as { perPermission: { coversOnly: string[] }[] };
        assert.deepEqual(
            answer.perPermission.map(({ coversOnly }) => coversOnly),
            [[line]],
        );
    });

    it("answers an empty list with an empty answer", () => {
        for (const input of ["", "\n\n  \n", "# nothing yet\n"]) {
            assert.deepEqual(json(["--calls", "-"], input), {
                permissions: [],
                perPermission: [],
                reach: 0,
                unmatched: [],
                optimal: true,
            });
        }
    });

    it("puts each bad line into unmatched, as it was written, and answers the others", () => {
        const bad = ["FETCH /users", "GET https://example.com/users", "GET", "GET /me", "users", "GET /no/such/path"];
        const answer = json(["--calls", "-"], [...bad, "GET /users"].join("\r\n")) as {
            permissions: string[];
            unmatched: { call: string; why: string }[];
        };
        assert.deepEqual(
            answer.unmatched.map(({ call }) => call),
            bad.toSorted(),
        );
        assert.equal(
            answer.unmatched.every(({ why }) => why !== ""),
            true,
        );
        assert.equal(answer.permissions.length, 1);
    });

    it("gives the same answer in any order and with doubles", () => {
        const lines = ["GET /users", "POST /users/{id}/sendMail", "GET /groups/{id}/members", "GET /sites/{id}"];
        const once = json(["--calls", "-"], lines.join("\n"));
        assert.deepEqual(json(["--calls", "-"], [...lines.toReversed(), ...lines].join("\n")), once);
    });

    it("has the same shape like microsoft, and never a smaller reach for the same calls", () => {
        const input = "GET /users/{id}\nGET /groups/{id}\nGET /deviceAppManagement/mobileApps\n";
        const least = json(["--calls", "-"], input) as { reach: number };
        const other = json(["--like", "microsoft", "--calls", "-"], input) as { reach: number };
        assert.deepEqual(Object.keys(other), Object.keys(least));
        assert.ok(other.reach >= least.reach, `${other.reach} is less than ${least.reach}`);
    });

    it("takes 100,000 lines in seconds", () => {
        const lines = Array.from(
            { length: 100_000 },
            (_, at) => `GET /users/${(at % 50_000).toString(16).padStart(8, "0")}-0000-0000-0000-000000000000`,
        );
        const begun = performance.now();
        const answer = json(["--calls", "-"], lines.join("\n")) as { permissions: string[]; unmatched: unknown[] };
        const seconds = (performance.now() - begun) / 1000;
        assert.equal(answer.permissions.length, 1);
        assert.deepEqual(answer.unmatched, []);
        assert.ok(seconds < 20, `took ${seconds.toFixed(1)} s`);
    });
});

describe("leastwise explain --json --actions -", function () {
    this.timeout(60_000);

    it("prints exactly the keys and types of its contract", () => {
        const input =
            "Microsoft.Compute/virtualMachines/deallocate/action\nMicrosoft.Storage/storageAccounts/blobServices/containers/blobs/read\nMicrosoft.Nowhere/x/read\n";
        const answer = json(["--actions", "-"], input);
        assert.deepEqual(shapeOf(answer), {
            roles: [{ name: "string", id: "string", excess: "number" }],
            custom: { actions: ["string"], dataActions: ["string"] },
            uncovered: ["string"],
        });
        assert.deepEqual(Object.keys(answer as object), ["roles", "custom", "uncovered"]);
        assert.deepEqual((answer as { uncovered: string[] }).uncovered, ["Microsoft.Nowhere/x/read"]);
    });

    it("answers an empty list with an empty answer", () => {
        assert.deepEqual(json(["--actions", "-"]), {
            roles: [],
            custom: { actions: [], dataActions: [] },
            uncovered: [],
        });
    });

    it("names what is not covered as it was written", () => {
        const input = "microsoft.authorization/ROLEASSIGNMENTS/write\nMicrosoft.Nowhere/x/read\n";
        const { uncovered } = json(["--actions", "-"], input) as { uncovered: string[] };
        assert.deepEqual(uncovered.toSorted(), input.trim().split("\n").toSorted());
    });

    it("takes Resource Manager calls among the actions", () => {
        const input =
            "POST /subscriptions/{}/resourceGroups/{}/providers/Microsoft.Compute/virtualMachines/{}/deallocate\n";
        const { custom } = json(["--actions", "-"], input) as { custom: { actions: string[] } };
        assert.deepEqual(custom.actions, ["Microsoft.Compute/virtualMachines/deallocate/action"]);
    });

    it("takes 100,000 lines in seconds", () => {
        const lines = Array.from(
            { length: 100_000 },
            (_, at) => `Microsoft.Compute/virtualMachines/x${at % 20_000}/read`,
        );
        const begun = performance.now();
        const { custom } = json(["--actions", "-"], lines.join("\n")) as { custom: { actions: string[] } };
        const seconds = (performance.now() - begun) / 1000;
        assert.equal(custom.actions.length, 20_000);
        assert.ok(seconds < 30, `took ${seconds.toFixed(1)} s`);
    });
});

describe("leastwise explain for people", function () {
    this.timeout(60_000);

    const texts: readonly (readonly [args: readonly string[], parts: readonly string[]])[] = [
        [["Get-MgUser"], ["depending on its parameters", "GET /users\n", "needs User.ReadBasic.All"]],
        [["GET users"], ["Microsoft Graph call", "User.ReadBasic.All"]],
        [
            ["Microsoft.Compute/virtualMachines/deallocat/action"],
            ["a wildcard covers it; did you mean", "'Microsoft.Compute/virtualMachines/deallocate/action'?"],
        ],
        [
            ["User.Read.All"],
            ["User.Read.All", "Microsoft Graph", "df021288-bdef-4463-88db-98f22de89214", "tier 2, user access"],
        ],
        [
            ["virtual machine contributor"],
            ["Virtual Machine Contributor", "9980e02c-c2be-4d73-94e8-173b1dc7cf3c", "tier 1, management plane"],
        ],
        [["Owner"], ["tier 0, control plane", "yes: it can write role assignments"]],
        [
            ["GET", "/users/{id}"],
            ["least", "User.ReadBasic.All"],
        ],
        [
            ["GET", "/me"],
            ["no permission", "/users/{id}"],
        ],
        [["microsoft.compute/virtualmachines/deallocate/action"], ["control plane", "DevTest Labs User"]],
        [
            ["POST", "/subscriptions/{}/resourceGroups/{}/providers/Microsoft.Compute/virtualMachines/{}/deallocate"],
            ["Microsoft.Compute/virtualMachines/deallocate/action", "DevTest Labs User"],
        ],
    ];
    for (const [args, parts] of texts) {
        it(`says of '${args.join(" ")}': ${parts.join("; ")}`, () => {
            const { status, out, err } = run(args);
            assert.equal(err, "");
            assert.equal(status, 0);
            for (const part of parts) assert.ok(out.includes(part), `'${part}' is not in:\n${out}`);
        });
    }

    it("prints no line wider than a terminal of 100 columns", () => {
        for (const args of [["User.Read.All"], ["Owner"], ["Azure Stack HCI Administrator"], ["GET", "/users"]]) {
            for (const line of run(args).out.split("\n")) assert.ok(line.length <= 100, `${line.length}: ${line}`);
        }
    });

    it("tells what could take a permission's place, and ways to need even less", () => {
        const { out } = run(["--calls", "-"], "GET /sites/{id}/lists\n");
        assert.match(out, /in its place +Sites\.\w+/);
        assert.match(out, /even less +grant Sites\.Selected/);
    });

    it("sets the answer like microsoft beside the least one", () => {
        const { out } = run(["--like", "microsoft", "--calls", "-"], "GET /groups/{id}\nGET /users/{id}\n");
        assert.match(
            out,
            /^Call by call, as Microsoft's tools pick: \d+ permissions?, \d+ of the control plane, opening \d+ calls\.$/m,
        );
        assert.match(out, /^Least: \d+ permissions?, \d+ of the control plane, opening \d+ calls\.$/m);
    });

    it("shows the first of many bad lines and counts the others", () => {
        const { out } = run(["--actions", "-"], Array.from({ length: 40 }, (_, at) => `nonsense${at}`).join("\n"));
        assert.match(out, /^ {2}… and 28 more \(--json has all\)$/m);
    });

    it("reads lists from a file, with comments", () => {
        const folder = mkdtempSync(join(tmpdir(), "leastwise-explain-"));
        try {
            const file = join(folder, "calls.txt");
            writeFileSync(file, "\uFEFF# nightly report\nGET /users\n\nGET /no/such/path\n");
            const { status, out } = run(["--calls", file]);
            assert.equal(status, 0);
            assert.match(out, /^1 of 2 calls needs? /m);
            assert.match(out, /No permission\n\n {2}GET \/no\/such\/path\n/);
        } finally {
            rmSync(folder, { recursive: true });
        }
    });

    const errors: readonly (readonly [args: readonly string[], message: string])[] = [
        [["Get-MgUsr"], "unknown cmdlet 'Get-MgUsr'; did you mean 'Get-MgUser'?"],
        [
            ["Exchange.ManageAsApp"],
            "permission 'Exchange.ManageAsApp' is not of Microsoft Graph but of 'Office 365 Exchange Online'; expected --api with the name",
        ],
        [
            ["Raeder"],
            "unknown permission 'Raeder' on Microsoft Graph\nunknown Azure role 'Raeder'; did you mean 'Reader'?",
        ],
        [["User.Reed.All"], "unknown permission 'User.Reed.All' on Microsoft Graph; did you mean 'User.Read.All'?"],
        [["GET", "https://example.com/users"], "host 'example.com'"],
        [["FETCH", "/users"], "unknown method 'FETCH'"],
        [
            ["Microsoft.Kompute/virtualMachines/read"],
            "unknown resource provider 'Microsoft.Kompute'; did you mean 'Microsoft.Compute'?",
        ],
        [
            ["--calls", "/no/such/file"],
            "cannot read '/no/such/file': there is no such file; expected a file, or - for standard input",
        ],
        [
            ["--calls", "-", "User.Read.All"],
            "'User.Read.All' and a list cannot be explained at once; expected one of them",
        ],
        [["--like", "microsoft", "User.Read.All"], "--like answers lists of calls; expected --calls <file>"],
        [[], "nothing to explain; expected a permission, role, call or action"],
    ];
    for (const [args, message] of errors) {
        it(`fails on '${args.join(" ")}' with '${message.split("\n").at(-1) ?? ""}'`, () => {
            const { status, out, err } = run(args);
            assert.equal(out, "");
            assert.equal(status, 1);
            assert.ok(err.includes(message), err);
            assert.equal(err.includes("    at "), false, "no stack trace");
        });
    }

    it("says so, with exit code 1, when a list has nothing that can be answered", () => {
        assert.deepEqual(run(["--calls", "-"]), {
            status: 1,
            out: "no calls in the list; expected one a line, such as 'GET /users/{id}'\n",
            err: "",
        });
        assert.equal(run(["--calls", "-"], "nonsense\n").status, 1);
        assert.equal(run(["--actions", "-"], "nonsense\n").status, 1);
    });
});
