import { v5 as uuidv5 } from "uuid";
import type { Cloud } from "./cloud.ts";

const DOMAIN = "contoso.onmicrosoft.com";

/** Invented people: name, job, department, office, whether the account is enabled. */
const PEOPLE: readonly (readonly [name: string, title: string, department: string, office: string, enabled?: false])[] =
    [
        ["Ada Brenner", "Chief Information Officer", "IT", "Zurich"],
        ["Bo Lindqvist", "Cloud Engineer", "IT", "Stockholm"],
        ["Carla Nunes", "Identity Engineer", "IT", "Lisbon"],
        ["Dario Keller", "Help Desk Lead", "IT", "Zurich"],
        ["Esra Aydin", "Help Desk Agent", "IT", "Berlin"],
        ["Finn Maguire", "Security Analyst", "Security", "Dublin"],
        ["Greta Holm", "Security Engineer", "Security", "Stockholm"],
        ["Hugo Marchetti", "Chief Financial Officer", "Finance", "Milan"],
        ["Ines Duarte", "Accountant", "Finance", "Lisbon"],
        ["Jonas Frei", "Accountant", "Finance", "Zurich"],
        ["Kaja Novak", "Controller", "Finance", "Ljubljana"],
        ["Lena Okafor", "Head of People", "People", "Berlin"],
        ["Milan Petrov", "Recruiter", "People", "Sofia"],
        ["Nora Visser", "People Partner", "People", "Utrecht"],
        ["Oskar Wilk", "Head of Sales", "Sales", "Warsaw"],
        ["Paula Reyes", "Account Manager", "Sales", "Madrid"],
        ["Quentin Roux", "Account Manager", "Sales", "Lyon"],
        ["Rina Tamm", "Sales Engineer", "Sales", "Tallinn"],
        ["Sami Koskinen", "Account Manager", "Sales", "Helsinki", false],
        ["Tessa Boer", "Plant Manager", "Operations", "Utrecht"],
        ["Ugo Ferri", "Shift Lead", "Operations", "Milan"],
        ["Vera Simic", "Planner", "Operations", "Ljubljana"],
        ["Wim Peeters", "Technician", "Operations", "Ghent", false],
        ["Xenia Palla", "Counsel", "Legal", "Athens"],
        ["Yann Morel", "Intern", "IT", "Lyon", false],
    ];

const GROUPS: readonly (readonly [name: string, description: string, department: string | undefined])[] = [
    ["All employees", "Everyone at Contoso", undefined],
    ["IT operations", "Runs the platform", "IT"],
    ["Security team", "Watches over it", "Security"],
    ["Finance", "Finance department", "Finance"],
    ["Sales", "Sales department", "Sales"],
    ["Plant staff", "Operations department", "Operations"],
];

/** Adds invented users and groups. */
export const seedPeople = (cloud: Cloud): void => {
    const members = PEOPLE.map(([displayName, jobTitle, department, officeLocation, enabled]) => {
        const [givenName = "", surname = ""] = displayName.split(" ");
        const mailNickname = `${givenName}.${surname}`.toLowerCase();
        const userPrincipalName = `${mailNickname}@${DOMAIN}`;
        const id = uuidv5(userPrincipalName, cloud.tenantId);
        cloud.users.set(id, {
            id,
            displayName,
            userPrincipalName,
            properties: {
                givenName,
                surname,
                jobTitle,
                department,
                officeLocation,
                mail: userPrincipalName,
                mailNickname,
                accountEnabled: enabled ?? true,
                userType: "Member",
                usageLocation: "CH",
                businessPhones: [],
                mobilePhone: null,
                preferredLanguage: null,
            },
        });
        return { id, department };
    });
    for (const [displayName, description, department] of GROUPS) {
        const id = uuidv5(displayName, cloud.tenantId);
        const ids = members
            .filter(member => department === undefined || member.department === department)
            .map(m => m.id);
        const mailNickname = displayName.toLowerCase().replaceAll(" ", "-");
        const properties = { description, mailNickname, mailEnabled: false, securityEnabled: true, groupTypes: [] };
        cloud.groups.set(id, { id, displayName, members: ids, properties });
    }
};
