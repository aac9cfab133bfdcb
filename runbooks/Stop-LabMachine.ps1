<#
.SYNOPSIS
    Deallocates the running virtual machines of a resource group, so that they cost nothing overnight.
.DESCRIPTION
    Runs in an Automation account as its managed identity. Needs, on the group, the actions
    Microsoft.Compute/virtualMachines/read, Microsoft.Compute/virtualMachines/instanceView/read and
    Microsoft.Compute/virtualMachines/deallocate/action, and the module Az.Accounts.
.PARAMETER ResourceGroupName
    The group whose machines are stopped. A machine with the tag keep=true is left alone.
.PARAMETER SubscriptionId
    The subscription that the group is in. Default: the one that the identity sees first.
.PARAMETER ClientId
    Client id of a user-assigned identity. Default: the account's system-assigned identity.
.OUTPUTS
    One object for each machine with what was done.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)] [string] $ResourceGroupName,
    [string] $SubscriptionId,
    [string] $ClientId
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$ApiVersion = '2024-11-01'
$MaxAttempts = 6

# Waits as long as Azure asks when it throttles, and longer each time when it has a bad moment.
function Invoke-Arm {
    param(
        [Parameter(Mandatory)] [ValidateSet('GET', 'POST')] [string] $Method,
        [Parameter(Mandatory)] [string] $Path
    )
    for ($attempt = 1; ; $attempt++) {
        $response = Invoke-AzRestMethod -Method $Method -Path $Path
        if ($response.StatusCode -lt 300) {
            if ($response.Content) { return $response.Content | ConvertFrom-Json }
            return $null
        }
        if ($attempt -ge $MaxAttempts -or $response.StatusCode -notin 429, 500, 502, 503, 504) {
            throw "$Method $Path answered $($response.StatusCode): $($response.Content)"
        }
        $asked = if ($response.Headers.RetryAfter) { $response.Headers.RetryAfter.Delta } else { $null }
        $seconds = if ($asked) { [math]::Ceiling($asked.TotalSeconds) } else { [math]::Pow(2, $attempt) }
        Write-Warning "Azure answered $($response.StatusCode); attempt $($attempt + 1) of $MaxAttempts in $seconds seconds"
        Start-Sleep -Seconds $seconds
    }
}

$identity = if ($ClientId) { @{ AccountId = $ClientId } } else { @{} }
Disable-AzContextAutosave -Scope Process | Out-Null
$subscription = if ($SubscriptionId) { @{ Subscription = $SubscriptionId } } else { @{} }
Connect-AzAccount -Identity @identity @subscription | Out-Null
$SubscriptionId = (Get-AzContext).Subscription.Id
if (-not $SubscriptionId) { throw 'the identity may see no subscription; is its role assigned?' }

$group = "/subscriptions/$SubscriptionId/resourceGroups/$ResourceGroupName"
$machines = "$group/providers/Microsoft.Compute/virtualMachines"
$next = "${machines}?api-version=$ApiVersion"
$failed = 0
while ($next) {
    $page = Invoke-Arm -Method GET -Path $next
    foreach ($machine in $page.value) {
        $keep = $machine.PSObject.Properties['tags'] -and $machine.tags.PSObject.Properties['keep'] -and $machine.tags.keep -eq 'true'
        $view = Invoke-Arm -Method GET -Path "$machines/$($machine.name)/instanceView?api-version=$ApiVersion"
        $running = @($view.statuses | Where-Object code -EQ 'PowerState/running').Count -gt 0
        $outcome = if ($keep) { 'kept' } elseif (-not $running) { 'not running' } else { 'stopped' }
        if ($outcome -eq 'stopped') {
            try {
                Invoke-Arm -Method POST -Path "$machines/$($machine.name)/deallocate?api-version=$ApiVersion" | Out-Null
            } catch {
                Write-Warning $_.Exception.Message
                $outcome = 'failed'
                $failed++
            }
        }
        [pscustomobject]@{ Machine = $machine.name; Outcome = $outcome }
    }
    $next = if ($page.PSObject.Properties['nextLink']) { ([uri] $page.nextLink).PathAndQuery } else { $null }
}

if ($failed -gt 0) { throw "$failed machines could not be stopped" }
