using Xebec.Api.Core.V1;
using Xebec.Client;
using Xebec.Client.Informers;
using Xebec.Client.Queues;

namespace Xebec.ControllerManager.Controllers.ServiceAccounts;

/// <summary>Sees to it that every active namespace has a service account named default.</summary>
internal sealed class ServiceAccountController : IController
{
    private const string Name = "service-account-controller";
    private const string Default = "default";
    private readonly ControllerContext _context;
    private readonly WorkQueue<string> _queue;
    private readonly SharedInformer<Namespace> _namespaces;
    private readonly SharedInformer<ServiceAccount> _serviceAccounts;

    public ServiceAccountController(ControllerContext context)
    {
        _context = context;
        _queue = context.NewQueue<string>();
        _namespaces = context.Informers.For<Namespace>();
        _serviceAccounts = context.Informers.For<ServiceAccount>();
        _namespaces.AddHandler((_, ns) =>
        {
            if (ns is not null)
                _queue.Add(ns.Metadata.Name);
        });
        _serviceAccounts.AddHandler((old, account) =>
        {
            if (account is null && old!.Metadata.Name == Default)
                _queue.Add(old.Metadata.Namespace);
        });
    }

    public Task RunAsync(CancellationToken cancellation) =>
        _context.RunAsync(Name, _queue, ReconcileAsync, cancellation, _namespaces.Synced, _serviceAccounts.Synced);

    private async Task<ReconcileResult> ReconcileAsync(string ns, CancellationToken cancellation)
    {
        if (_namespaces.Lister.Get("", ns) is not { Status.Phase: not NamespacePhase.Terminating } ||
            _serviceAccounts.Lister.Get(ns, Default) is not null)
            return ReconcileResult.Done;
        try
        {
            await _context.Client.CreateAsync(new ServiceAccount { Metadata = { Name = Default, Namespace = ns } }, null, cancellation);
        }
        catch (ApiErrorException e) when (e.IsAlreadyExists || e.IsNamespaceTerminating)
        {
            return ReconcileResult.Done;
        }

        return ReconcileResult.Done;
    }
}
