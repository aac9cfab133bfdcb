import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { Ajv, type ValidateFunction } from "ajv";
import addFormats from "ajv-formats";
import type { Command } from "commander";
import { DateTime } from "luxon";
import { parse } from "yaml";
import { buildProgram } from "../cli/program.ts";
import { readDeclaration } from "../config.ts";
import { workflowErrors } from "./setup/workflow-parser.ts";

const read = (file: string): string => readFileSync(new URL(`../ci/${file}`, import.meta.url), "utf8");

const SUBSCRIPTION = "aaaaaaaa-0000-4000-8000-aaaaaaaaaaaa";
const WORKFLOWS = ["github/leastwise.yml", "github/leastwise-caller.yml"];
const SCHEMAS: Readonly<Record<string, string>> = {
    "azure-pipelines.yml": "raw.githubusercontent.com/microsoft/azure-pipelines-vscode/master/service-schema.json",
    "gitlab-ci.yml": "gitlab.com/gitlab-org/gitlab/-/raw/master/app/assets/javascripts/editor/schema/ci.json",
};
const TEMPLATES = [...WORKFLOWS, ...Object.keys(SCHEMAS)];

const schemaOf = (path: string): object => createRequire(import.meta.url)(`schemastore/schemas/json/${path}`) as object;

const validator = (path: string): ValidateFunction => {
    const ajv = new Ajv({ strict: false, unicodeRegExp: false });
    addFormats.default(ajv);
    return ajv.compile(schemaOf(path));
};

/** Every scalar text in a document, with the key it is under. */
const texts = (node: unknown, key = ""): { key: string; text: string }[] => {
    if (typeof node === "string") return [{ key, text: node }];
    if (Array.isArray(node)) return node.flatMap(each => texts(each, key));
    if (node === null || typeof node !== "object") return [];
    return Object.entries(node).flatMap(([inner, value]) => texts(value, inner));
};

interface Job {
    readonly permissions?: Readonly<Record<string, string>>;
    readonly if?: string;
    readonly env?: object;
    readonly steps?: readonly object[];
}

const jobsOf = (file: string): Readonly<Record<string, Job>> =>
    (parse(read(file)) as { jobs: Record<string, Job> }).jobs;

/** The words of each call of this command in a text, lines that a backslash or a fold joins taken as one. */
const callsIn = (text: string): string[][] =>
    [...text.replaceAll("\\\n", " ").matchAll(/npx --no-install leastwise ([^|\n]+)/g)].map(([, words = ""]) =>
        words.trim().split(/\s+/),
    );

const assertKnown = ([name = "", ...words]: readonly string[], program: Command): void => {
    const command = program.commands.find(each => each.name() === name);
    assert.ok(command, `no command '${name}'`);
    const options = command.options.map(({ long }) => long);
    for (const word of words.filter(each => each.startsWith("--")))
        assert.ok(options.includes(word), `${name} ${word}`);
};

describe("templates for pipelines", () => {
    for (const file of WORKFLOWS) {
        it(`${file} is taken by GitHub's own parser of workflows`, async () => {
            assert.deepEqual(await workflowErrors(file, read(file)), []);
        });
    }

    it("GitHub's parser refuses a key and an expression that are misspelled", async () => {
        const [file = ""] = WORKFLOWS;
        const wrong = read(file)
            .replace("timeout-minutes", "timeout-minuts")
            .replace("github.event_name", "githb.event_name");
        assert.ok((await workflowErrors(file, wrong)).length >= 2);
    });

    for (const [file, schema] of Object.entries(SCHEMAS)) {
        it(`${file} fits the schema that its service publishes, and does not when a key is misspelled`, () => {
            const validate = validator(schema);
            assert.ok(validate(parse(read(file))), JSON.stringify(validate.errors?.[0]));
            const wrong = read(file).replace("- task:", "- tusk:").replace("when: always", "whem: always");
            assert.equal(validate(parse(wrong)), false);
        });
    }

    for (const file of TEMPLATES) {
        it(`${file} calls commands and options that there are`, () => {
            const calls = texts(parse(read(file))).flatMap(({ text }) => callsIn(text));
            if (!file.endsWith("caller.yml")) assert.ok(calls.length >= 3);
            for (const call of calls) assertKnown(call, buildProgram());
        });

        it(`${file} names no secret, and puts no expression into a script`, () => {
            assert.doesNotMatch(read(file), /secrets\.|\$\{\{ *secrets|password|client[-_]secret/i);
            for (const { key, text } of texts(parse(read(file))))
                if (["run", "script", "inlineScript"].includes(key)) assert.doesNotMatch(text, /\$\{\{/);
        });
    }

    it("pins every action to a commit, and says which release that is", () => {
        const uses = [...read("github/leastwise.yml").matchAll(/uses: (\S+)(.*)/g)];
        assert.ok(uses.length >= 10);
        for (const [, action = "", comment = ""] of uses) {
            assert.match(action, /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/);
            assert.match(comment, /^ # v\d+\.\d+\.\d+$/);
        }
    });

    it("gives a workflow nothing, and each job no more than it needs", () => {
        for (const file of WORKFLOWS) assert.deepEqual((parse(read(file)) as { permissions: object }).permissions, {});
        const permissions = Object.entries(jobsOf("github/leastwise.yml")).map(([name, job]) => [
            name,
            job.permissions,
        ]);
        assert.deepEqual(Object.fromEntries(permissions), {
            review: {
                contents: "read",
                "id-token": "write",
                "pull-requests": "write",
                "security-events": "write",
            },
            "review-of-fork": { contents: "read" },
            deploy: { contents: "read", "id-token": "write" },
        });
    });

    it("lets the code of a fork neither sign in nor write", () => {
        const fork = jobsOf("github/leastwise.yml")["review-of-fork"];
        assert.match(fork?.if ?? "", /head\.repo\.full_name != github\.repository/);
        const all = JSON.stringify(fork);
        assert.doesNotMatch(all, /ARM_|AZURE_|PULUMI_BACKEND|Azure\/login|id-token|github\.token/);
        assert.match(all, /review --offline/);
    });

    it("declares the identities that the pipelines sign in with, which trust one subject each", async () => {
        const { config } = parse(read("Pulumi.pipeline.yaml")) as { config: Record<string, unknown> };
        const text = Object.entries({ ...config, "azure-native:subscriptionId": SUBSCRIPTION }).map(([key, value]) => [
            key,
            typeof value === "string" ? value : JSON.stringify(value),
        ]);
        const stack = { values: Object.fromEntries(text) as Record<string, string>, isSecret: () => false };
        const { workloads, warnings } = await readDeclaration(stack, {
            folder: "/",
            now: DateTime.fromISO("2027-01-01T00:00:00Z"),
            env: {},
            cache: undefined,
        });
        assert.deepEqual(warnings, []);
        assert.deepEqual(
            workloads.map(({ name, identity }) => [
                name,
                identity.kind === "user-assigned" ? identity.federatedCredentials.map(({ subject }) => subject) : [],
            ]),
            [
                ["pipeline-review", ["repo:contoso/access:pull_request"]],
                ["pipeline-deploy", ["repo:contoso/access:environment:production"]],
            ],
        );
    });
});
