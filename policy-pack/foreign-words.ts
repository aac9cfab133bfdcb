/** Words that PowerShell reads as its own where a command can be, in lower case. */
const KEYWORDS =
    "begin break catch class continue data default do dynamicparam else elseif end enum exit filter finally for foreach " +
    "function hidden if in inlinescript parallel param process return sequence static switch throw trap try until using while workflow";

/**
 * Aliases of PowerShell's own commands, and programs that the scanner reads.
 * Source: https://learn.microsoft.com/powershell/module/microsoft.powershell.utility/get-alias?view=powershell-7.4
 */
const ALIASES =
    "ac asnp az cat cd chdir clc clear clhy cli clp cls clv cnsn compare copy cp cpi cpp curl cvpa dbp del diff dir dnsn " +
    "ebp echo epal epcsv erase etsn exsn fc fhx fl ft fw gal gbp gc gcb gci gcm gcs gdr gerr ghy gi gin gjb gl gm gmo gp " +
    "gps gpv group gsn gsv gtz gu gv h help history icm iex ihy ii ipal ipcsv ipmo irm iwr kill ls man md measure mi mkdir " +
    "mount move mp mv nal ndr ni nmo nsn nv ogv oh popd prompt ps pushd pwd r rbp rcjb rcsn rd rdr ren ri rjb rm rmdir rmo " +
    "rni rnp rp rsn rv rvpa sajb sal saps sasv sbp scb select set shcm si sl sleep sls sort sp spjb spps spsv start stz sv " +
    "tee trcm type wget where wjb write";

const OWN: ReadonlySet<string> = new Set(`${KEYWORDS} ${ALIASES}`.split(" "));

/**
 * A word where a command begins: a statement, a part of a pipeline or of an assignment, or what is called. What goes on from
 * the line before, the keys of a table and what an attribute holds are none.
 */
const WORD =
    /(?<=(?:^|[;|&{=]|(?<!\[[\w.]+)\()[ \t]*)(?<![,`][ \t]*\r?\n[ \t]*)([A-Za-z][\w.\\]*)(?=[ \t]*(?:[\s;|)}]|$))(?![ \t]*[=(,:])/gm;

/** Nobody writes a longer line by hand; what is on one is not looked at. */
const MOST_LENGTH = 2_000;

/** A text that is called, which is no script beside the runbook: `& 'C:\\tools\\sync.exe'`. */
const CALLED = /(?:^|[;|{(=])[ \t]*&[ \t]*(['"])(?![^'"\n]*\.ps1\1)([^'"\n]*)/gm;

/** Texts that a script calls as commands. */
export const calledTexts = (text: string): readonly string[] =>
    [...text.matchAll(CALLED)].map(([, , name = ""]) => name);

/** Commands of one word that are no alias of PowerShell's, in code without comments and texts. */
export const foreignWords = (code: string, own: ReadonlySet<string>): readonly string[] => {
    const lines = code.split("\n").map(line => (line.length > MOST_LENGTH ? "" : line));
    return [...lines.join("\n").matchAll(WORD)].flatMap(([, word = ""]) => {
        const name = word.toLowerCase();
        return OWN.has(name) || own.has(name) ? [] : [word];
    });
};
