<#
.SYNOPSIS
    Reports the users of the tenant: how many there are, how many are guests, and which accounts are disabled.
.DESCRIPTION
    Runs in an Automation account as its managed identity. Needs the application permission User.Read.All on Microsoft
    Graph and the module Az.Accounts.
.PARAMETER ClientId
    Client id of a user-assigned identity. Default: the account's system-assigned identity.
.OUTPUTS
    One object with the counts and the disabled accounts.
#>
[CmdletBinding()]
param(
    [string] $ClientId
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxAttempts = 6

# Plain text before Az.Accounts 5, a SecureString since.
function Get-GraphToken {
    $token = (Get-AzAccessToken -ResourceTypeName MSGraph).Token
    if ($token -is [securestring]) { return $token }
    return ConvertTo-SecureString -String $token -AsPlainText -Force
}

# Waits as long as Graph asks when it throttles, and longer each time when it has a bad moment.
function Invoke-Graph {
    param([Parameter(Mandatory)] [uri] $Uri)
    for ($attempt = 1; ; $attempt++) {
        try {
            return Invoke-RestMethod -Method Get -Uri $Uri -Authentication Bearer -Token (Get-GraphToken)
        } catch [Microsoft.PowerShell.Commands.HttpResponseException] {
            $response = $_.Exception.Response
            $status = [int] $response.StatusCode
            if ($attempt -ge $MaxAttempts -or $status -notin 429, 500, 502, 503, 504) { throw }
            $asked = $response.Headers.RetryAfter.Delta
            $seconds = if ($asked) { [math]::Ceiling($asked.TotalSeconds) } else { [math]::Pow(2, $attempt) }
            Write-Warning "Graph answered $status; attempt $($attempt + 1) of $MaxAttempts in $seconds seconds"
            Start-Sleep -Seconds $seconds
        }
    }
}

$identity = if ($ClientId) { @{ AccountId = $ClientId } } else { @{} }
Disable-AzContextAutosave -Scope Process | Out-Null
Connect-AzAccount -Identity @identity | Out-Null

$users = [System.Collections.Generic.List[object]]::new()
$next = 'https://graph.microsoft.com/v1.0/users?$select=id,userPrincipalName,userType,accountEnabled&$top=999'
while ($next) {
    $page = Invoke-Graph -Uri $next
    foreach ($user in $page.value) { $users.Add($user) }
    $next = if ($page.PSObject.Properties['@odata.nextLink']) { $page.'@odata.nextLink' } else { $null }
}

if ($users.Count -eq 0) { throw 'Graph returned no user; a tenant has at least one' }

[pscustomobject]@{
    Users    = $users.Count
    Guests   = @($users | Where-Object userType -EQ 'Guest').Count
    Disabled = @($users | Where-Object accountEnabled -EQ $false | ForEach-Object userPrincipalName)
}
