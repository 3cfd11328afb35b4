using System.Text;
using Microsoft.Extensions.Logging;
using Xebec.ApiMachinery.Errors;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.Endpoints;
using Xebec.ApiServer.Registry;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Authentication.LegacyTokens;

/// <summary>
/// Fills Secrets of type kubernetes.io/service-account-token with a token that does not expire, the cluster's CA and the namespace, and
/// deletes those whose service account is gone (upstream's tokens controller). It runs here because the key is here.
/// </summary>
internal sealed partial class LegacyTokenController(
    ServiceAccountTokenKey key, string authorityPem, ResourceWriter writer, ResourceDeleter deleter, ResourceCatalog catalog, TimeProvider time,
    ILogger<LegacyTokenController> logger)
{
    // Secrets change often in a busy cluster, and all of them are looked at.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly ServedResource _secrets = catalog.Find("", "v1", "secrets")!;
    private readonly ServedResource _accounts = catalog.Find("", "v1", "serviceaccounts")!;
    private readonly DerivedFacts<TokenSecret> _facts = new(TokenSecret.Read);
    private readonly DerivedFacts<string> _uids = new(item => item.ToTree().GetObject("metadata")?.GetString("uid") ?? "");

    /// <summary>Follows Secrets and service accounts until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var changed = new Wakeup();
        _secrets.Cache.Watchers.Add(changed);
        _accounts.Cache.Watchers.Add(changed);
        using var stop = cancellationToken.Register(changed.Signal);
        try
        {
            await FollowAsync(changed, cancellationToken);
        }
        finally
        {
            _secrets.Cache.Watchers.Remove(changed);
            _accounts.Cache.Watchers.Remove(changed);
        }
    }

    private async Task FollowAsync(Wakeup changed, CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            if (await ReconcileAsync(cancellationToken))
                await changed.WaitAsync();
            else
                await Task.Delay(RetryAfter, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> ReconcileAsync(CancellationToken cancellationToken)
    {
        try
        {
            var isDone = true;
            foreach (var item in _secrets.Cache.Snapshot.Ordered)
            {
                if (_facts.Of(item) is { IsToken: true, IsBeingDeleted: false } secret)
                    isDone &= await ReconcileAsync(secret, cancellationToken);
            }

            return isDone;
        }
        catch (Store.StoreUnavailableException e)
        {
            LogFailed(e);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }

    private async Task<bool> ReconcileAsync(TokenSecret secret, CancellationToken cancellationToken)
    {
        var found = _accounts.Cache.Snapshot.Objects.GetValueOrDefault(_accounts.Key(secret.Namespace, secret.Account.Name));
        var uid = found is null ? "" : _uids.Of(found);
        try
        {
            if (found is null || (secret.Account.Uid.Length > 0 && secret.Account.Uid != uid))
                await deleter.DeleteAsync(Request(secret), new DeleteRequest { Uid = secret.Secret.Uid }, cancellationToken);
            else if (IsIncomplete(secret))
                await writer.UpdateAsync(Request(secret), stored => Filled(stored, secret, new ObjectIdentity(secret.Account.Name, uid)), cancellationToken);
        }
        catch (ApiException e) when (e.Reason is StatusReason.Conflict or StatusReason.NotFound)
        {
            // Changed or deleted meanwhile, which wakes this again.
        }
        catch (ApiException e)
        {
            // Nothing that one Secret refuses keeps the others waiting.
            LogFailed(e);
            return false;
        }

        return true;
    }

    private bool IsIncomplete(TokenSecret secret) => secret.Token.Length == 0 || !secret.HasNamespace || secret.Account.Uid.Length == 0 ||
        (authorityPem.Length > 0 && secret.AuthorityPem != authorityPem);

    private ObjectValue Filled(ObjectValue stored, TokenSecret secret, ObjectIdentity account)
    {
        var data = stored.GetOrAddObject("data");
        stored.GetOrAddObject("metadata").GetOrAddObject("annotations")[TokenSecret.AccountUid] = account.Uid;
        if (authorityPem.Length > 0)
            data["ca.crt"] = Encoded(authorityPem);
        if (!secret.HasNamespace)
            data["namespace"] = Encoded(secret.Namespace);
        if (data.GetString("token") is null or "")
            data["token"] = Encoded(key.SignTree(new LegacyTokenClaims(secret.Namespace, account, secret.Secret.Name).ToTree()));
        return stored;
    }

    private static string Encoded(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private WriteRequest Request(TokenSecret secret) => new()
    {
        Resource = _secrets, Namespace = secret.Namespace, Name = secret.Secret.Name, User = UserInfo.Self, FieldManager = "kube-controller-manager",
    };

    [LoggerMessage(EventId = 1370, Level = LogLevel.Warning, Message = "Service-account tokens could not be put into their Secrets; trying again")]
    private partial void LogFailed(Exception exception);
}
