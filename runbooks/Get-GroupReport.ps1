<#
.SYNOPSIS
    Reports the groups that have no owner, with how many members each has.
.DESCRIPTION
    Runs in an Automation account as its managed identity, with the modules of the Microsoft Graph SDK.
.PARAMETER ClientId
    Client id of a user-assigned identity. Default: the account's system-assigned identity.
.PERMISSIONS
    GroupMember.Read.All
.OUTPUTS
    One object for each group without an owner.
#>
#Requires -Version 7.4
#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Authentication'; ModuleVersion = '2.25.0' }
[CmdletBinding()]
param(
    [string] $ClientId
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxAttempts = 6

# Waits as long as Graph asks when it throttles, and longer each time when it has a bad moment.
function Invoke-Graph {
    param([Parameter(Mandatory)] [string] $Uri)
    for ($attempt = 1; ; $attempt++) {
        $answer = Invoke-MgGraphRequest -Method GET -Uri $Uri -OutputType PSObject -SkipHttpErrorCheck -StatusCodeVariable status -ResponseHeadersVariable headers
        if ($status -lt 300) { return $answer }
        if ($attempt -ge $MaxAttempts -or $status -notin 429, 500, 502, 503, 504) { throw "GET $Uri answered $status" }
        $asked = if ($headers.ContainsKey('Retry-After')) { [int] @($headers['Retry-After'])[0] } else { 0 }
        $seconds = [math]::Max($asked, [math]::Pow(2, $attempt))
        Write-Warning "Graph answered $status; attempt $($attempt + 1) of $MaxAttempts in $seconds seconds"
        Start-Sleep -Seconds $seconds
    }
}

# Every page of a list.
function Get-GraphList {
    param([Parameter(Mandatory)] [string] $Uri)
    $next = $Uri
    while ($next) {
        $page = Invoke-Graph -Uri $next
        Write-Output $page.value
        $next = if ($page.PSObject.Properties['@odata.nextLink']) { $page.'@odata.nextLink' } else { $null }
    }
}

$identity = if ($ClientId) { @{ ClientId = $ClientId } } else { @{} }
Connect-MgGraph -Identity -NoWelcome @identity

try {
    $groups = @(Get-GraphList -Uri 'https://graph.microsoft.com/v1.0/groups?$select=id,displayName&$expand=owners($select=id)&$top=100')
    if ($groups.Count -eq 0) { throw 'Graph returned no group; a tenant with owners to check has at least one' }

    foreach ($group in $groups | Where-Object { @($_.owners).Count -eq 0 }) {
        $members = @(Get-GraphList -Uri "https://graph.microsoft.com/v1.0/groups/$($group.id)/members?`$select=id&`$top=999")
        [pscustomobject]@{ Group = $group.displayName; Id = $group.id; Members = $members.Count }
    }
} finally {
    Disconnect-MgGraph | Out-Null
}
