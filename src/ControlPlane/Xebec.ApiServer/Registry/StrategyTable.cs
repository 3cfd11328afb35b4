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
        ["serviceaccounts"] = new ServiceAccountStrategy(),
        ["persistentvolumes"] = new PersistentVolumeStrategy(time),
        ["persistentvolumeclaims"] = new PersistentVolumeClaimStrategy(),
        ["podtemplates"] = new ReturningStrategy { IsCounted = true },
        ["resourcequotas"] = new ReturningStrategy(),
        ["leases.coordination.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["events"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["events.events.k8s.io"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["configmaps"] = new UncountedStrategy(),
        ["secrets"] = new UncountedStrategy(),
        ["nodes"] = new NodeStrategy(),
        ["endpoints"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["limitranges"] = new UncountedStrategy { AllowsCreateOnUpdate = true },
        ["roles.rbac.authorization.k8s.io"] = new UncountedStrategy(),
        ["rolebindings.rbac.authorization.k8s.io"] = new UncountedStrategy(),
        ["clusterroles.rbac.authorization.k8s.io"] = new UncountedStrategy(),
        ["clusterrolebindings.rbac.authorization.k8s.io"] = new UncountedStrategy(),
        ["mutatingwebhookconfigurations.admissionregistration.k8s.io"] = new WebhookConfigurationStrategy(),
        ["validatingwebhookconfigurations.admissionregistration.k8s.io"] = new WebhookConfigurationStrategy(),
        ["mutatingadmissionpolicies.admissionregistration.k8s.io"] = new PolicyStrategy(MutatingPolicyRules.Check),
        ["validatingadmissionpolicies.admissionregistration.k8s.io"] = new PolicyStrategy(ValidatingPolicyRules.Check),
        ["mutatingadmissionpolicybindings.admissionregistration.k8s.io"] = new PolicyBindingStrategy(),
        ["validatingadmissionpolicybindings.admissionregistration.k8s.io"] = new PolicyBindingStrategy(),
    };
}
