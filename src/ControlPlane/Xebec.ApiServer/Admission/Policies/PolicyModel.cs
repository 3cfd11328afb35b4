using System.Diagnostics.CodeAnalysis;
using Xebec.ApiMachinery.Values;
using Xebec.ApiServer.WatchCache;

namespace Xebec.ApiServer.Admission.Policies;

/// <summary>
/// The policies of one kind with their bindings, by name, compiled when the first request after a change needs them; each object once
/// for each of its versions. A policy without a binding does nothing. Readers take no lock.
/// </summary>
/// <typeparam name="TPolicy">The compiled policy.</typeparam>
internal sealed class PolicyModel<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TPolicy>(
    ResourceCache policies, ResourceCache bindings, Func<ObjectValue, TPolicy> compile)
    where TPolicy : class
{
    private readonly Lock _building = new();
    private readonly DerivedFacts<TPolicy> _policies = new(item => compile(item.ToTree()));
    private readonly DerivedFacts<PolicyBinding> _bindings = new(item => new PolicyBinding(item.ToTree()));
    private volatile Built _built = new(null, null, []);

    /// <summary>The policies that are bound, now.</summary>
    public (TPolicy Policy, PolicyBinding[] Bindings)[] Bound
    {
        get
        {
            var (built, ofPolicies, ofBindings) = (_built, policies.Snapshot, bindings.Snapshot);
            return ReferenceEquals(built.Policies, ofPolicies) && ReferenceEquals(built.Bindings, ofBindings)
                ? built.Bound
                : Build(ofPolicies, ofBindings);
        }
    }

    private (TPolicy Policy, PolicyBinding[] Bindings)[] Build(CacheSnapshot ofPolicies, CacheSnapshot ofBindings)
    {
        lock (_building)
        {
            var byPolicy = ofBindings.Objects.Values.Select(_bindings.Of).ToLookup(b => b.PolicyName, StringComparer.Ordinal);
            (TPolicy, PolicyBinding[])[] bound =
                [.. ofPolicies.Objects.Values.Where(p => byPolicy.Contains(p.Facts.Name)).Select(p => (_policies.Of(p), byPolicy[p.Facts.Name].ToArray()))];
            _built = new Built(ofPolicies, ofBindings, bound);
            return bound;
        }
    }

    private sealed record Built(CacheSnapshot? Policies, CacheSnapshot? Bindings, (TPolicy Policy, PolicyBinding[] Bindings)[] Bound);
}
