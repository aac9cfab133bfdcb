/** Sticky patterns of PowerShell's lexical layer, for {@link import("./mend.ts").mend}. */
export const BLOCK_COMMENT = /<#[\s\S]*?(?:#>|$)/y;
export const LINE_COMMENT = /#[^\n]*/y;
const SINGLES = "['\\u2018\\u2019\\u201a\\u201b]";
export const HERE_STRING = /@["\u201c\u201d\u201e][ \t]*\n/y;
export const HERE_STRING_END = /(?<=\n)["\u201c\u201d\u201e]@/y;
export const VERBATIM_HERE_STRING_START = new RegExp(`@${SINGLES}[ \\t]*\\n`, "y");
/** Group 1 is the body. */
export const VERBATIM_HERE_STRING = new RegExp(`@${SINGLES}[ \\t]*\\n((?:(?!${SINGLES}@)[^\\n]*\\n)*)${SINGLES}@`, "y");
export const SINGLE_QUOTED =
    /['\u2018\u2019\u201a\u201b]((?:[^'\u2018\u2019\u201a\u201b]|['\u2018\u2019\u201a\u201b]{2})*)['\u2018\u2019\u201a\u201b]/y;
export const VARIABLE = /[$@](?:\{[^}\n]*\}|(?:\w+:(?!:))?\w+)/y;
export const NUMBER = /(?:0x[\da-f]+|\d+(?:\.\d+)?)(?:[kmgtp]b)\b/iy;
export const WORD = /[A-Za-z_][\w.*-]*/y;
export const DASH_WORD = /--?[A-Za-z_]\w*/y;
export const PATH_ARGUMENT = /\$(?:\w+:)?\w+(?:\/|\\)[^\s'"();,|{}]*/y;
/** An address or path written without quotes; variables in it stand for their values, as in a string. */
export const BARE_ADDRESS =
    /(?:https?:\/\/|\/(?=[A-Za-z$])|[A-Za-z][\w.]*\/(?=[A-Za-z$]))(?:[^\s'"`();,|{}$&]|`\S|\$\([^()\n]*\)|\$\{[^}\n]*\}|\$\w*|"[^"\n]*")+/iy;
/** `Get-Date($x)`: a command and its first argument, with nothing between. */
export const GLUED_ARGUMENT = /[A-Za-z]+-[A-Za-z]\w*(?=\()/y;
/** A method or an index at the end of an argument, which wants brackets: `$name.Split("@")[0]`. */
export const MEMBER_ARGUMENT = /\$\w+(?:\.\w+(?:\([^()\n]*\))?|\[[^\][\n]*\])*(?<=[)\]])(?=[\s;)|])/y;
export const MEMBER_SUFFIX = /(?:\.\w+(?:\([^(){}\n]*\))?|\[[^\][\n]*\])*/y;
/** `.ForEach(` is a keyword to the grammar, which wants a brace after it; with another name it is any method. */
export const FOREACH_METHOD = /(?<=\.)foreach(?=\s*\()/iy;
export const EACH = "Each_";
/** A script called by its relative path. */
export const SCRIPT_PATH = /\.{1,2}[\\/][^\s'"$;|(){}]+/y;
export const USING = /[ \t]*using[ \t]+(?:namespace|module|assembly)\b[^\n]*/iy;
export const CONTINUATION = /`[ \t]*\n/y;
export const BEFORE_ELSE = /[ \t]*\n\s*(?=(?:else|elseif|catch|finally)\b)/iy;
/** Blank lines and lines of comment. */
export const QUIET = /(?:[ \t\r\n\u00a0]|#[^>\n][^\n]*(?=\n))*/y;
/** What carries on the statement of the line before. */
export const CARRIES_ON = /\|(?!\|)|\.[A-Za-z]/y;

export const DOUBLE_QUOTES = '"\u201c\u201d\u201e';
export const SINGLE_QUOTES = "'\u2018\u2019\u201a\u201b";
export const DASHES = "\u2013\u2014\u2015";

/** Where a pattern matches at exactly this place. */
export const at = (pattern: RegExp, text: string, place: number): RegExpExecArray | null => {
    pattern.lastIndex = place;
    return pattern.exec(text);
};

/** Stands for `#` inside a string, which the grammar may take for a comment. */
export const HASH = "\uff03";

const DIGITS = "abcdefghij";

/** The grammar's parameter names hold no digits: `-Version1` is written `-Version____b`. */
export const encodeDigits = (name: string): string =>
    name.replace(/\d/g, digit => `____${DIGITS.charAt(Number(digit))}`);

export const decodeDigits = (name: string): string =>
    name.replace(/____([a-j])/g, (_, letter: string) => String(DIGITS.indexOf(letter)));

/** Words after a dash that are operators, so that what follows is an expression and not an argument. */
export const OPERATORS = new Set(
    (
        "as and or xor not band bor bxor bnot shl shr is isnot in notin f join split replace eq ne gt ge lt le like " +
        "notlike match notmatch contains notcontains ieq ine igt ige ilt ile ilike inotlike imatch inotmatch icontains " +
        "inotcontains ireplace isplit ceq cne cgt cge clt cle clike cnotlike cmatch cnotmatch ccontains cnotcontains " +
        "creplace csplit"
    )
        .split(" ")
        .map(name => `-${name}`),
);
