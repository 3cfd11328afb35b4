using Xebec.ApiServer.FlowControl;
using Xebec.ApiServer.Registry.Admissionregistration;
using Xebec.ApiServer.Registry.Certificates;
using Xebec.ApiServer.Registry.Core;

namespace Xebec.ApiServer.Registry;

/// <summary>The kinds that need more than the ordinary strategy, by qualified plural (deployments.apps).</summary>
internal static class StrategyTable
{
    /// <summary>The strategies of a server.</summary>
    public static Dictionary<string, ResourceStrategy> Create(KubeApiServerOptions options, TimeProvider time) => new(StringComparer.Ordinal)
    {
        ["customresourcedefinitions.apiextensions.k8s.io"] = new CustomResources.DefinitionStrategy(),
        ["certificatesigningrequests.certificates.k8s.io"] = new CertificateSigningRequestStrategy(),
        ["namespaces"] = new NamespaceStrategy(),
        ["pods"] = new PodStrategy(),
        ["services"] = new ServiceStrategy(new(options.ServiceNetwork), new(options.NodePortFirst, options.NodePortLast)),
        ["jobs.batch"] = new Batch.JobStrategy(),
        ["deployments.apps"] = new MetadataGenerationStrategy("annotations"),
        ["daemonsets.apps"] = new Apps.DaemonSetStrategy(),
        ["endpointslices.discovery.k8s.io"] = new MetadataGenerationStrategy("labels"),
        ["flowschemas.flowcontrol.apiserver.k8s.io"] = new MandatoryStrategy(FlowControlObjects.MandatoryFlowSchemas),
        ["prioritylevelconfigurations.flowcontrol.apiserver.k8s.io"] = new MandatoryStrategy(FlowControlObjects.MandatoryPriorityLevels),
        ["replicationcontrollers"] = new OrphaningStrategy(),
        ["serviceaccounts"] = new ServiceAccountStrategy(),
        ["persistentvolumes"] = new PersistentVolumeStrategy(time),
        ["persistentvolumeclaims"] = new PersistentVolumeClaimStrategy(),
        ["podtemplates"] = new ReturningStrategy { IsCounted = true },
        ["resourcequotas"] = new ReturningStrategy(),
        ["leases.coordination.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true, NeedsVersion = true },
        ["events"] = new EventStrategy(),
        ["events.events.k8s.io"] = new EventStrategy(),
        ["configmaps"] = new UncountedStrategy(),
        ["secrets"] = new UncountedStrategy(),
        ["nodes"] = new NodeStrategy(),
        ["endpoints"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["limitranges"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["controllerrevisions.apps"] = new UncountedStrategy(),
        ["horizontalpodautoscalers.autoscaling"] = new UncountedStrategy(),
        ["apiservices.apiregistration.k8s.io"] = new UncountedStrategy { NeedsVersion = true },
        ["runtimeclasses.node.k8s.io"] = new UncountedStrategy { NeedsVersion = true },
        ["ipaddresses.networking.k8s.io"] = new UncountedStrategy(),
        ["servicecidrs.networking.k8s.io"] = new UncountedStrategy(),
        ["resourceclaims.resource.k8s.io"] = new UncountedStrategy(),
        ["resourceclaimtemplates.resource.k8s.io"] = new UncountedStrategy(),
        ["storageclasses.storage.k8s.io"] = new UncountedStrategy(),
        ["volumeattributesclasses.storage.k8s.io"] = new UncountedStrategy(),
        ["csinodes.storage.k8s.io"] = new UncountedStrategy { NeedsVersion = true },
        ["csistoragecapacities.storage.k8s.io"] = new UncountedStrategy { NeedsVersion = true },
        ["volumeattachments.storage.k8s.io"] = new UncountedStrategy { NeedsVersion = true },
        ["csidrivers.storage.k8s.io"] = new VersionedStrategy(),
        ["poddisruptionbudgets.policy"] = new VersionedStrategy(),
        ["roles.rbac.authorization.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["rolebindings.rbac.authorization.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["clusterroles.rbac.authorization.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = new WebhookConfigurationStrategy(),
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = new WebhookConfigurationStrategy(),
        ["mutatingadmissionpolicies.admissionregistration.k8s.io"] = new PolicyStrategy(MutatingPolicyRules.Check),
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = new PolicyStrategy(ValidatingPolicyRules.Check),
        ["mutatingadmissionpolicybindings.admissionregistration.k8s.io"] = new PolicyBindingStrategy(),
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] = new PolicyBindingStrategy(),
    };
}
