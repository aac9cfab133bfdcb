import type { Value } from "../values.ts";
import { lookUp, lookUpMany, select } from "./look-up.ts";
import type { Fn } from "./look-up.ts";

const USER: Readonly<Record<string, string>> = {
    accountEnabled: "accountEnabled",
    displayName: "displayName",
    employeeId: "employeeId",
    mail: "mail",
    mailNickname: "mailNickname",
    objectId: "id",
    onpremisesImmutableId: "onPremisesImmutableId",
    usageLocation: "usageLocation",
    userPrincipalName: "userPrincipalName",
};
const USER_KEYS = {
    userPrincipalName: "userPrincipalName",
    objectId: "id",
    mail: "mail",
    mailNickname: "mailNickname",
};

/** One user. */
export const getUser: Fn = async (args, { graph }) => {
    const body = await lookUp(graph, "/users", "user", args, { ...USER_KEYS, employeeId: "employeeId" });
    const more = {
        department: "department",
        givenName: "givenName",
        jobTitle: "jobTitle",
        surname: "surname",
        userType: "userType",
    };
    return { ...select(body, { ...USER, ...more }), id: `/users/${String(body["id"] as string)}` };
};

/** Users by any of these, or all of them. */
export const getUsers: Fn = async (args, { graph }) => {
    const keys = {
        userPrincipalNames: "userPrincipalName",
        objectIds: "id",
        mails: "mail",
        mailNicknames: "mailNickname",
        employeeIds: "employeeId",
    };
    const found = await lookUpMany(graph, "/users", "user", args, keys);
    const column = (field: string): Value[] => found.map(object => object[field] ?? "");
    const columns = Object.entries(keys).map(([plural, field]) => [plural, column(field)]);
    return { id: "users", ...Object.fromEntries(columns), users: found.map(object => select(object, USER)) };
};

/** One group. */
export const getGroup: Fn = async (args, { graph }) => {
    const keys = { objectId: "id", displayName: "displayName", mailNickname: "mailNickname" };
    const body = await lookUp(graph, "/groups", "group", args, keys);
    const names = {
        description: "description",
        displayName: "displayName",
        mail: "mail",
        mailEnabled: "mailEnabled",
        mailNickname: "mailNickname",
        objectId: "id",
        securityEnabled: "securityEnabled",
        types: "groupTypes",
    };
    return { ...select(body, names), id: `/groups/${String(body["id"] as string)}` };
};
