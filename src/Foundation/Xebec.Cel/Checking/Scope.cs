namespace Xebec.Cel.Checking;

/// <summary>The names that can be seen at a place; inner ones hide outer ones.</summary>
internal sealed class Scope(Scope? outer, params ReadOnlySpan<(string Name, CelType Type)> names)
{
    private readonly (string Name, CelType Type)[] _names = names.ToArray();

    public Scope? Outer { get; } = outer;

    public CelType? Find(string name)
    {
        for (var scope = this; scope is not null; scope = scope.Outer)
        {
            foreach (var (known, type) in scope._names)
            {
                if (known == name)
                    return type;
            }
        }

        return null;
    }
}
