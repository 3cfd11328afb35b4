using Xebec.ApiMachinery.Errors;
using Xebec.ApiServer.Authorization;

namespace Xebec.ApiServer.Authentication;

/// <summary>Acting as somebody else, which each part of the identity needs the right for, in one of the modes.</summary>
internal sealed class Impersonation(IAuthorizer authorizer)
{
    /// <summary>Whom the request acts as.</summary>
    /// <param name="wanted">Whom its headers name.</param>
    /// <param name="request">What is asked, and by whom.</param>
    /// <param name="cancellationToken">Ends the asking.</param>
    /// <exception cref="ApiException">403 when the requester may not, in the words of the first mode.</exception>
    public async ValueTask<Impersonated> BecomeAsync(UserInfo wanted, AuthorizationAttributes request, CancellationToken cancellationToken)
    {
        ApiException? first = null;
        foreach (var mode in ImpersonationMode.All)
        {
            var (user, refusal) = await mode.CheckAsync(authorizer, request, wanted, cancellationToken);
            if (user is not null)
                return user;
            first ??= refusal;
        }

        throw first!;
    }
}
