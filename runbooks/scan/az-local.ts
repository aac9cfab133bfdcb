/** Cmdlets of the Az modules that need no right: they sign in, choose, or put an object together on the spot. */
const NAMES = new Set(
    `
Get-AzNetworkSecurityRuleConfig
Set-AzNetworkSecurityRuleConfig
Add-AzNetworkSecurityRuleConfig
Add-AzVMDataDisk
Add-AzVMNetworkInterface
New-AzVMConfig
New-AzDiskConfig
New-AzSnapshotConfig
New-AzImageConfig
New-AzSnapshotUpdateConfig
New-AzDiskUpdateConfig
Set-AzVMOperatingSystem
Set-AzVMSourceImage
Set-AzVMOSDisk
Set-AzVMDataDisk
Set-AzVMBootDiagnostic
Remove-AzVMDataDisk
New-AzNetworkSecurityRuleConfig
New-AzVirtualNetworkSubnetConfig
Get-AzVirtualNetworkSubnetConfig
Set-AzVirtualNetworkSubnetConfig
Add-AzVirtualNetworkSubnetConfig
New-AzNetworkInterfaceIpConfig
Connect-AzAccount
Disconnect-AzAccount
Add-AzAccount
Login-AzAccount
Logout-AzAccount
Get-AzContext
Clear-AzContext
Import-AzContext
Save-AzContext
Rename-AzContext
Remove-AzContext
Enable-AzContextAutosave
Disable-AzContextAutosave
Get-AzContextAutosaveSetting
Set-AzRecoveryServicesVaultContext
Set-AzRecoveryServicesAsrVaultContext
Set-AzVMBootDiagnostics
New-AzRecoveryServicesAsrAzureToAzureDiskReplicationConfig
Get-AzAccessToken
Get-AzEnvironment
Add-AzEnvironment
Set-AzEnvironment
Get-AzDefault
Set-AzDefault
Update-AzConfig
Get-AzConfig
Enable-AzAlias
Register-AzModule
Get-AzConfiguration
Disable-AzDataCollection
Enable-AzDataCollection
New-AzStorageContext
Write-AzAutomationOutput
New-AzStorageAccountSASToken
Install-AzModule
Update-AzModule
Uninstall-AzModule
`
        .trim()
        .toLowerCase()
        .split("\n"),
);

/** Objects that another cmdlet sends. */
const MADE =
    /^(VM|Vmss|Disk|Image|Snapshot|Gallery|Network|VirtualNetwork|LoadBalancer|ApplicationGateway|Route|Firewall|Delegation|FrontDoor|TrafficManager|Aks|Subnet)\w*Config$/i;
const MADE_ANEW = /\w(Object|Criteria)$/;

/** Whether a cmdlet makes no request of its own. */
export const isLocal = (verb: string, noun: string): boolean =>
    NAMES.has(`${verb}-az${noun}`.toLowerCase()) || MADE.test(noun) || (/^new$/i.test(verb) && MADE_ANEW.test(noun));
