import { calledTexts, foreignWords } from "./foreign-words.ts";

/**
 * Nouns of the commands that come with PowerShell and with Azure Automation, in lower case.
 * Sources: https://learn.microsoft.com/powershell/module/?view=powershell-7.4,
 * https://learn.microsoft.com/azure/automation/shared-resources/modules#internal-cmdlets
 */
const OWN_NOUNS: ReadonlySet<string> = new Set(
    `acl alias archive authenticodesignature automationcertificate automationconnection automationpscredential
    automationvariable breakpoint childitem ciminstance cimsession clipboard clixml cmsmessage command computer
    computerinfo content convertedstring counter credential csv culture date debug debugger default drive error
    errorrecord errorview event eventlog eventsubscriber executionpolicy experimentalfeature expression extent file
    filehash format formatdata gridview guid help history host hotfix html information inputobject item itemproperty
    itempropertyvalue job json line list literalpath localgroup localuser location locationstack machine markdown
    marker member module modulemanifest modulemember null object objectevent output packageprovider packagesource
    path pathtype pipeline printer process profile progress property provider psbreakpoint pscallstack psdebug
    psdrive pshostprocess psprovider psreadlineoption psrepository psresource pssession pssessionconfiguration
    pssessionoption psvariable random restmethod runspace runspacedebug safeguardedjob scriptblock scriptfileinfo
    secret securerandom securestring sendmailmessage service sleep strictmode string suppressed table tee tempfile
    temporaryfile timespan timezone trace tracesource transcript transcription type typedata uiculture unique unit
    update uptime utility variable verb verbose view warning web webproxy webrequest wide winevent wmiobject xml`
        .split(/\s+/)
        .filter(Boolean),
);

/** Commands of the modules that the scanner knows: what it cannot tell of them, it says itself. */
const SCANNED = /^(?:Mg|Az)/i;

const COMMAND = /(?<![\w$.:-])([A-Za-z]+)-([A-Za-z][\w]*)(?![\w-]*[.\\/])/g;
const FUNCTION = /\bfunction\s+(?:[a-z]+:)?([\w-]+)/gi;
/** Comments and quoted texts, whichever comes first; one that does not end goes to the end. */
const NO_CODE =
    /<#[\s\S]*?(?:#>|$(?![\s\S]))|#.*|@'[\s\S]*?(?:'@|$(?![\s\S]))|@"[\s\S]*?(?:"@|$(?![\s\S]))|'[^']*(?:'|$)|"(?:[^"`]|`[\s\S])*(?:"|$)/g;

/** The code that a text has within: `"on $(Get-Date)"`. */
const codeIn = (part: string): string => (part.includes('"') ? (part.match(/\$\([^)]*/g) ?? []).join(" ") : "");

/**
 * Commands of a runbook that neither PowerShell brings nor the runbook defines nor the scanner knows: those of modules
 * whose code is elsewhere, and whatever else looks like one. They may make calls that nobody sees.
 */
export const foreignCommands = (text: string): readonly string[] => {
    const code = text.replaceAll(
        NO_CODE,
        part => ` ${part.startsWith("#") || part.startsWith("<#") ? "" : codeIn(part)} `,
    );
    const own = new Set([...code.matchAll(FUNCTION)].map(([, name = ""]) => name.toLowerCase()));
    const found = [...code.matchAll(COMMAND)].flatMap(([name, , noun = ""]) =>
        SCANNED.test(noun) || OWN_NOUNS.has(noun.toLowerCase()) || own.has(name.toLowerCase()) ? [] : [name],
    );
    return [...new Set([...found, ...foreignWords(code, own), ...calledTexts(text)])].sort();
};
