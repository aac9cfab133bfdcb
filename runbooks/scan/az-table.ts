/** Cmdlets whose actions do not follow from verb and noun; an empty list means that no right is needed. */
export const AZ_CMDLETS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
    `
Get-AzSubscription Microsoft.Resources/subscriptions/read
Set-AzContext Microsoft.Resources/subscriptions/read
Select-AzSubscription Microsoft.Resources/subscriptions/read
Get-AzTenant Microsoft.Resources/tenants/read
Get-AzLocation Microsoft.Resources/subscriptions/locations/read
Get-AzResource Microsoft.Resources/subscriptions/resources/read
Get-AzResourceProvider Microsoft.Resources/subscriptions/providers/read
Search-AzGraph Microsoft.ResourceGraph/resources/read
Stop-AzVM Microsoft.Compute/virtualMachines/deallocate/action Microsoft.Compute/virtualMachines/read
Start-AzVM Microsoft.Compute/virtualMachines/start/action Microsoft.Compute/virtualMachines/read
Restart-AzVM Microsoft.Compute/virtualMachines/restart/action Microsoft.Compute/virtualMachines/read
Set-AzVM Microsoft.Compute/virtualMachines/generalize/action
Update-AzVM Microsoft.Compute/virtualMachines/write
Invoke-AzVMRunCommand Microsoft.Compute/virtualMachines/runCommand/action
Invoke-AzVMPatchInstallation Microsoft.Compute/virtualMachines/installPatches/action
Invoke-AzVMInstallPatch Microsoft.Compute/virtualMachines/installPatches/action
Stop-AzVmss Microsoft.Compute/virtualMachineScaleSets/deallocate/action
Start-AzVmss Microsoft.Compute/virtualMachineScaleSets/start/action
Restart-AzVmss Microsoft.Compute/virtualMachineScaleSets/restart/action
Grant-AzDiskAccess Microsoft.Compute/disks/beginGetAccess/action
Revoke-AzDiskAccess Microsoft.Compute/disks/endGetAccess/action
Grant-AzSnapshotAccess Microsoft.Compute/snapshots/beginGetAccess/action
Revoke-AzSnapshotAccess Microsoft.Compute/snapshots/endGetAccess/action
Get-AzStorageAccountKey Microsoft.Storage/storageAccounts/listKeys/action
New-AzStorageAccountKey Microsoft.Storage/storageAccounts/regenerateKey/action
Get-AzStorageBlob Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read
Get-AzStorageBlobContent Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read
Set-AzStorageBlobContent Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write
Remove-AzStorageBlob Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete
Get-AzStorageContainer Microsoft.Storage/storageAccounts/blobServices/containers/read
New-AzStorageContainer Microsoft.Storage/storageAccounts/blobServices/containers/write
Remove-AzStorageContainer Microsoft.Storage/storageAccounts/blobServices/containers/delete
New-AzStorageBlobSASToken Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
New-AzStorageContainerSASToken Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action
Get-AzStorageTable Microsoft.Storage/storageAccounts/tableServices/tables/read
Get-AzStorageQueue Microsoft.Storage/storageAccounts/queueServices/queues/read
Get-AzStorageShare Microsoft.Storage/storageAccounts/fileServices/shares/read
Get-AzKeyVaultSecret Microsoft.KeyVault/vaults/secrets/getSecret/action
Set-AzKeyVaultSecret Microsoft.KeyVault/vaults/secrets/setSecret/action
Update-AzKeyVaultSecret Microsoft.KeyVault/vaults/secrets/update/action
Remove-AzKeyVaultSecret Microsoft.KeyVault/vaults/secrets/delete
Get-AzKeyVaultKey Microsoft.KeyVault/vaults/keys/read
Get-AzKeyVaultCertificate Microsoft.KeyVault/vaults/certificates/read
Set-AzKeyVaultAccessPolicy Microsoft.KeyVault/vaults/accessPolicies/write
Start-AzWebApp Microsoft.Web/sites/start/Action
Stop-AzWebApp Microsoft.Web/sites/stop/Action
Restart-AzWebApp Microsoft.Web/sites/restart/Action
Start-AzFunctionApp Microsoft.Web/sites/start/Action
Stop-AzFunctionApp Microsoft.Web/sites/stop/Action
Restart-AzFunctionApp Microsoft.Web/sites/restart/Action
Switch-AzWebAppSlot Microsoft.Web/sites/slotsswap/Action
Get-AzWebAppPublishingProfile Microsoft.Web/sites/publish/Action
Suspend-AzSqlDatabase Microsoft.Sql/servers/databases/pause/action
Resume-AzSqlDatabase Microsoft.Sql/servers/databases/resume/action
New-AzSqlDatabaseExport Microsoft.Sql/servers/databases/export/action
New-AzSqlDatabaseCopy Microsoft.Sql/servers/databases/write
Start-AzAksCluster Microsoft.ContainerService/managedClusters/start/action
Stop-AzAksCluster Microsoft.ContainerService/managedClusters/stop/action
Import-AzAksCredential Microsoft.ContainerService/managedClusters/listClusterUserCredential/action
Start-AzContainerGroup Microsoft.ContainerInstance/containerGroups/start/action
Stop-AzContainerGroup Microsoft.ContainerInstance/containerGroups/stop/action
Start-AzApplicationGateway Microsoft.Network/applicationGateways/start/action
Stop-AzApplicationGateway Microsoft.Network/applicationGateways/stop/action
Start-AzAutomationRunbook Microsoft.Automation/automationAccounts/jobs/write
Import-AzAutomationRunbook Microsoft.Automation/automationAccounts/runbooks/write Microsoft.Automation/automationAccounts/runbooks/draft/content/write
Export-AzAutomationRunbook Microsoft.Automation/automationAccounts/runbooks/content/read
Publish-AzAutomationRunbook Microsoft.Automation/automationAccounts/runbooks/publish/action
Stop-AzAutomationJob Microsoft.Automation/automationAccounts/jobs/stop/action
Register-AzAutomationScheduledRunbook Microsoft.Automation/automationAccounts/jobSchedules/write
Unregister-AzAutomationScheduledRunbook Microsoft.Automation/automationAccounts/jobSchedules/delete
Get-AzAutomationJobOutputRecord Microsoft.Automation/automationAccounts/jobs/streams/read
Get-AzActivityLog Microsoft.Insights/eventtypes/values/Read
Get-AzLog Microsoft.Insights/eventtypes/values/Read
Get-AzMetric Microsoft.Insights/metrics/read
Get-AzAlert Microsoft.AlertsManagement/alerts/read
Invoke-AzOperationalInsightsQuery Microsoft.OperationalInsights/workspaces/query/read
Get-AzOperationalInsightsWorkspaceSharedKey Microsoft.OperationalInsights/workspaces/sharedKeys/action
Invoke-AzDataFactoryV2Pipeline Microsoft.DataFactory/factories/pipelines/createrun/action
Start-AzDataFactoryV2Trigger Microsoft.DataFactory/factories/triggers/start/action
Stop-AzDataFactoryV2Trigger Microsoft.DataFactory/factories/triggers/stop/action
Suspend-AzSynapseSqlPool Microsoft.Synapse/workspaces/sqlPools/pause/action
Resume-AzSynapseSqlPool Microsoft.Synapse/workspaces/sqlPools/resume/action
Start-AzLogicApp Microsoft.Logic/workflows/triggers/run/action
Suspend-AzAnalysisServicesInstance Microsoft.AnalysisServices/servers/suspend/action
Resume-AzAnalysisServicesServer Microsoft.AnalysisServices/servers/resume/action
Suspend-AzAnalysisServicesServer Microsoft.AnalysisServices/servers/suspend/action
Suspend-AzPowerBIEmbeddedCapacity Microsoft.PowerBIDedicated/capacities/suspend/action
Resume-AzPowerBIEmbeddedCapacity Microsoft.PowerBIDedicated/capacities/resume/action
Remove-AzWvdUserSession Microsoft.DesktopVirtualization/hostPools/sessionHosts/userSessions/delete
Disconnect-AzWvdUserSession Microsoft.DesktopVirtualization/hostPools/sessionHosts/userSessions/disconnect/action
Send-AzWvdUserSessionMessage Microsoft.DesktopVirtualization/hostPools/sessionHosts/userSessions/sendMessage/action
New-AzWvdRegistrationInfo Microsoft.DesktopVirtualization/hostPools/write
Backup-AzRecoveryServicesBackupItem Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/backup/action
Enable-AzRecoveryServicesBackupProtection Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/write
Get-AzRecoveryServicesBackupContainer Microsoft.RecoveryServices/vaults/backupProtectionContainers/read
Get-AzAdvisorRecommendation Microsoft.Advisor/recommendations/read
Get-AzConsumptionUsageDetail Microsoft.Consumption/usageDetails/read
Invoke-AzCostManagementQuery Microsoft.CostManagement/query/action
Start-AzPolicyComplianceScan Microsoft.PolicyInsights/policyStates/triggerEvaluation/action
Start-AzPolicyRemediation Microsoft.PolicyInsights/remediations/write
Get-AzPolicyState Microsoft.PolicyInsights/policyStates/queryResults/action
Move-AzResource Microsoft.Resources/subscriptions/resourceGroups/moveResources/action
Export-AzResourceGroup Microsoft.Resources/subscriptions/resourceGroups/exportTemplate/action
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
Get-AzVirtualNetworkGatewayConnectionSharedKey Microsoft.Network/connections/sharedKey/read
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
ConvertTo-AzVMManagedDisk Microsoft.Compute/virtualMachines/convertToManagedDisks/action
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
Set-AzCurrentStorageAccount Microsoft.Storage/storageAccounts/listKeys/action
New-AzStorageAccountSASToken
Start-AzAutomationDscCompilationJob Microsoft.Automation/automationAccounts/compilationjobs/write
Get-AzAutomationRegistrationInfo Microsoft.Automation/automationAccounts/agentRegistrationInformation/read
Set-AzAutomationConnectionFieldValue Microsoft.Automation/automationAccounts/connections/write
Set-AzOperationalInsightsIntelligencePack Microsoft.OperationalInsights/workspaces/intelligencepacks/enable/action
Get-AzOperationalInsightsIntelligencePack Microsoft.OperationalInsights/workspaces/intelligencepacks/read
Get-AzOperationalInsightsWorkspaceSharedKeys Microsoft.OperationalInsights/workspaces/sharedKeys/action
Set-AzVMCustomScriptExtension Microsoft.Compute/virtualMachines/extensions/write
Set-AzVMExtension Microsoft.Compute/virtualMachines/extensions/write
Register-AzResourceProvider Microsoft.Resources/subscriptions/providers/register/action
Unregister-AzResourceProvider Microsoft.Resources/subscriptions/providers/unregister/action
New-AzManagementGroupSubscription Microsoft.Management/managementGroups/subscriptions/write
Remove-AzManagementGroupSubscription Microsoft.Management/managementGroups/subscriptions/delete
Add-AzTableRow Microsoft.Storage/storageAccounts/tableServices/tables/entities/write
Get-AzTableRow Microsoft.Storage/storageAccounts/tableServices/tables/entities/read
Remove-AzTableRow Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete
Update-AzTableRow Microsoft.Storage/storageAccounts/tableServices/tables/entities/write
Get-AzTableTable Microsoft.Storage/storageAccounts/tableServices/tables/read
Get-AzManagementPartner Microsoft.ManagementPartner/partners/read
New-AzManagementPartner Microsoft.ManagementPartner/partners/write
Update-AzManagementPartner Microsoft.ManagementPartner/partners/write
Remove-AzManagementPartner Microsoft.ManagementPartner/partners/delete
New-AzStorageTable Microsoft.Storage/storageAccounts/tableServices/tables/write
Get-AzStorageFile Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read
Get-AzStorageFileContent Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read
Set-AzStorageFileContent Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write
Get-AzRoleAssignmentSchedule Microsoft.Authorization/roleAssignmentSchedules/read
`
        .trim()
        .split("\n")
        .map(line => line.split(" "))
        .map(([name = "", ...actions]) => [name.toLowerCase(), actions]),
);
