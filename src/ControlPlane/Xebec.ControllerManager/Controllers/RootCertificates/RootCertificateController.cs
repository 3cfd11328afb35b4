using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.RootCertificates;

/// <summary>Publishes the cluster's CA in every namespace as the ConfigMap kube-root-ca.crt, which pods mount.</summary>
internal sealed class RootCertificateController : IController
{
    private const string Name = "root-ca-certificate-publisher-controller";
    private const string ConfigMapName = "kube-root-ca.crt";
    private const string Description =
        "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal " +
        "service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    private readonly ControllerContext _context;
    private readonly WorkQueue<string> _queue;
    private readonly SharedInformer<Namespace> _namespaces;
    private readonly SharedInformer<ConfigMap> _configMaps;

    public RootCertificateController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<string>();
        _namespaces = context.Informers.For<Namespace>();
        _configMaps = context.Informers.For<ConfigMap>(new InformerOptions(FieldSelector: $"metadata.name={ConfigMapName}"));
        _namespaces.AddHandler((_, ns) =>
        {
            if (ns is not null)
                _queue.Add(ns.Metadata.Name);
        });
        _configMaps.AddHandler((old, configMap) => _queue.Add((configMap ?? old)!.Metadata.Namespace));
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _namespaces.Synced, _configMaps.Synced);

    private async Task<ReconcileResult> ReconcileAsync(string ns, CancellationToken cancellation)
    {
        if (_namespaces.Lister.Get("", ns) is not { Status.Phase: not NamespacePhase.Terminating })
            return ReconcileResult.Done;
        var desired = Desired(ns, _context.Options.RootCertificateAuthorityPem);
        var present = _configMaps.Lister.Get(ns, ConfigMapName);
        try
        {
            if (present is null)
                await _context.Client.CreateAsync(desired, null, cancellation);
            else if (Restore(present, desired) is { } restored)
                await _context.Client.UpdateAsync(restored, null, cancellation);
        }
        catch (ApiErrorException e) when (e.IsAlreadyExists || e.IsNamespaceTerminating)
        {
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }

    private static ConfigMap Desired(string ns, string pem) => new()
    {
        Metadata = { Name = ConfigMapName, Namespace = ns, Annotations = { ["kubernetes.io/description"] = Description } },
        Data = { ["ca.crt"] = pem },
    };

    /// <summary>What to write over a present one that somebody changed; null when it is as it should be.</summary>
    internal static ConfigMap? Restore(ConfigMap present, ConfigMap desired)
    {
        var isSame = present.Data.Count == 1 && present.Data.GetValueOrDefault("ca.crt") == desired.Data["ca.crt"] &&
            present.Metadata.Annotations.ContainsKey("kubernetes.io/description");
        if (isSame)
            return null;
        var restored = present.DeepClone();
        restored.Data = desired.Data;
        restored.Metadata.Annotations["kubernetes.io/description"] = Description;
        return restored;
    }
}
