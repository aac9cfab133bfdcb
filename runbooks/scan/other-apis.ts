export interface OtherModule {
    readonly api: string;
    readonly retired: boolean;
}

interface Rule extends OtherModule {
    readonly names: RegExp;
}

const EXCHANGE =
    "EXO\\w+|(?:Hosted|Outbound|Malware|Safe|AntiPhish|Atp|Quarantine|Tenant|Dkim|Arc|Report|Inbox|Transport|Journal|OwaMailbox|Retention|Sharing|Active|MobileDevice|Mobile|Cas|Mail|Mailbox|UnifiedGroup|Distribution|DynamicDistribution|Recipient|Migration|Public|Calendar|Inbound|Remote|Accepted|Address|Email|Organization|Message|Move|Place|Role(?=Group)|Management|App(?:lication)?AccessPolicy|Room|Resource|Focused|ServicePrincipal(?=$)|Clutter|Client|Unified|AuthenticationPolicy|ExoRecipient|PerimeterConfig|Contact(?=$)|User(?=$)|Group(?=$)|Compliance|Label|Dlp|Admin|Historical|IRM|Omemessage|PhishSimOverride|ExoPhish|Teams(?=Protection))\\w*";

const EXCHANGE_NOUNS = new RegExp(
    `^(get|set|new|remove|add|enable|disable|start|stop|search|test|update|release|export|import|delete|preview|resume|suspend|complete)-(${EXCHANGE})$`,
    "i",
);

/** Nouns the Exchange pattern would take, that belong to Windows or to Active Directory. */
const NOT_EXCHANGE =
    /-(ComputerRestore\w*|Report(?:Data)?|LocalUser|LocalGroup\w*|Group|User|Role\w+(?<!Group|Assignment|GroupMember|Entry)|Organization\w*Unit|App\w*Package\w*|Client\w*|Message|Resource|Contact|Application\w*|Place|ReportFile|Public\w*(?<!Folder\w*)|Active\w*|Address\w*(?<!List|Policy)|Mail(?!box|Contact|User|Public|Flow|Folder)\w*|Email\w*|Remote(?!Domain|Mailbox)\w*|Label|Admin|Management\w*|Compliance|Move|Tenant|Calendar|Migration|Mobile|Safe|Room\w*)$/i;

const RULES: readonly Rule[] = [
    { api: "Azure Active Directory Graph", retired: true, names: /^[a-z]+-AzureAD\w*$/i },
    { api: "MSOnline", retired: true, names: /^[a-z]+-Msol\w+$/i },
    { api: "AzureRM", retired: true, names: /^[a-z]+-AzureRm\w+$/i },
    { api: "Azure Service Management", retired: true, names: /^[a-z]+-Azure(?!AD|Rm)[A-Z]\w+$/i },
    {
        api: "Microsoft Graph (Intune module)",
        retired: true,
        names: /^([a-z]+-Intune\w+|(connect|update)-MSGraph\w*)$/i,
    },
    { api: "Office 365 SharePoint Online (PnP)", retired: false, names: /^[a-z]+-PnP\w+$/i },
    { api: "Office 365 SharePoint Online", retired: false, names: /^[a-z]+-SPO\w+$/i },
    {
        api: "Microsoft Teams",
        retired: false,
        names: /^(?:[a-z]+-Cs[A-Z]\w+|(get|new|set|add|remove)-Team(User|Channel|ChannelUser|Fun\w*|Guest\w*|Member\w*|Messaging\w*|sApp\w*|Archived\w*)?|(connect|disconnect)-MicrosoftTeams)$/i,
    },
    { api: "Power Platform", retired: false, names: /^[a-z]+-(AdminPowerApp|AdminFlow|PowerApp|Flow(?=[A-Z]))\w*$/i },
    { api: "Power BI Service", retired: false, names: /^[a-z]+-PowerBI\w+$/i },
    {
        api: "Security & Compliance PowerShell",
        retired: false,
        names: /^(connect-IPPSSession|[a-z]+-(ComplianceSearch\w*|ComplianceCase|LabelPolicy|DlpCompliance\w+|RetentionCompliance\w+|CaseHold\w+|ProtectionAlert))$/i,
    },
    { api: "Office 365 Exchange Online", retired: false, names: /^(dis)?connect-ExchangeOnline$/i },
];

/** The API behind a cmdlet of another Microsoft module; undefined for a command of none. */
export const otherModule = (name: string): OtherModule | undefined => {
    const rule = RULES.find(each => each.names.test(name));
    if (rule !== undefined) return rule;
    if (!EXCHANGE_NOUNS.test(name) || NOT_EXCHANGE.test(name)) return undefined;
    return { api: "Office 365 Exchange Online", retired: false };
};
