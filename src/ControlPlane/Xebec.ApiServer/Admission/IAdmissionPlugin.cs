namespace Xebec.ApiServer.Admission;

/// <summary>
/// One admission plugin. Plugins run in the order of the table in <c>AdmissionChain</c>: all mutate first, then all validate. A refusal
/// is an <see cref="Xebec.ApiMachinery.Errors.ApiException"/>, usually Forbidden.
/// </summary>
public interface IAdmissionPlugin
{
    /// <summary>Upstream's name, for example LimitRanger; used by --enable-admission-plugins and in messages.</summary>
    string Name { get; }

    /// <summary>It runs unless it is switched off; others run only when they are switched on.</summary>
    bool IsOnByDefault => true;

    /// <summary>Whether it has anything to say of a request; cheap.</summary>
    bool Handles(AdmissionRequest request);

    /// <summary>Changes the object.</summary>
    ValueTask MutateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Refuses what must not be.</summary>
    ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
