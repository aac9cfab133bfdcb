<#
.SYNOPSIS
    Reports the application secrets and certificates that end soon, so that they are renewed before something stops.
.DESCRIPTION
    Runs in an Automation account as its managed identity and needs no module: it asks the identity endpoint for its token.
.PARAMETER WithinDays
    How many days ahead to look.
.PARAMETER ClientId
    Client id of a user-assigned identity. Default: the account's system-assigned identity.
.PERMISSIONS
    Application.Read.All
.OUTPUTS
    One object for each secret or certificate that ends soon.
#>
#Requires -Version 7.4
[CmdletBinding()]
param(
    [ValidateRange(1, 365)] [int] $WithinDays = 30,
    [string] $ClientId
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$MaxAttempts = 6

# A token of the identity, straight from the endpoint that Automation, Functions and App Service give their code.
function Get-IdentityToken {
    if (-not $env:IDENTITY_ENDPOINT) { throw 'there is no identity endpoint here; does the account have a managed identity?' }
    $query = 'resource=https%3A%2F%2Fgraph.microsoft.com%2F&api-version=2019-08-01'
    if ($ClientId) { $query += "&client_id=$ClientId" }
    $answer = Invoke-RestMethod -Method Get -Uri "$($env:IDENTITY_ENDPOINT)?$query" -Headers @{ 'X-IDENTITY-HEADER' = $env:IDENTITY_HEADER }
    return ConvertTo-SecureString -String $answer.access_token -AsPlainText -Force
}

# Waits as long as Graph asks when it throttles, and longer each time when it has a bad moment.
function Invoke-Graph {
    param([Parameter(Mandatory)] [uri] $Uri)
    for ($attempt = 1; ; $attempt++) {
        try {
            return Invoke-RestMethod -Method Get -Uri $Uri -Authentication Bearer -Token (Get-IdentityToken)
        } catch [Microsoft.PowerShell.Commands.HttpResponseException] {
            $response = $_.Exception.Response
            $status = [int] $response.StatusCode
            if ($attempt -ge $MaxAttempts -or $status -notin 429, 500, 502, 503, 504) { throw }
            $asked = if ($response.Headers.RetryAfter) { $response.Headers.RetryAfter.Delta } else { $null }
            $seconds = if ($asked) { [math]::Ceiling($asked.TotalSeconds) } else { [math]::Pow(2, $attempt) }
            Write-Warning "Graph answered $status; attempt $($attempt + 1) of $MaxAttempts in $seconds seconds"
            Start-Sleep -Seconds $seconds
        }
    }
}

$limit = [datetime]::UtcNow.AddDays($WithinDays)
$next = 'https://graph.microsoft.com/v1.0/applications?$select=appId,displayName,passwordCredentials,keyCredentials&$top=999'
while ($next) {
    $page = Invoke-Graph -Uri $next
    foreach ($application in $page.value) {
        $held = @($application.passwordCredentials | ForEach-Object { @{ Kind = 'secret'; End = $_.endDateTime } }) +
            @($application.keyCredentials | ForEach-Object { @{ Kind = 'certificate'; End = $_.endDateTime } })
        foreach ($credential in $held | Where-Object { $_.End -and [datetime] $_.End -le $limit }) {
            [pscustomobject]@{
                Application = $application.displayName
                AppId       = $application.appId
                Kind        = $credential.Kind
                Ends        = $credential.End
            }
        }
    }
    $next = if ($page.PSObject.Properties['@odata.nextLink']) { $page.'@odata.nextLink' } else { $null }
}
