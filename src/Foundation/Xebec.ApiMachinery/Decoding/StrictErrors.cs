namespace Xebec.ApiMachinery.Decoding;

/// <summary>Collects strict errors once each, in the order met, up to upstream's limit.</summary>
internal sealed class StrictErrors
{
    private const int Limit = 100;
    private List<string>? _errors;

    /// <summary>What is added now is dropped.</summary>
    public bool IsFull => _errors?.Count >= Limit;

    public IReadOnlyList<string> Taken()
    {
        IReadOnlyList<string> taken = _errors ?? (IReadOnlyList<string>)[];
        _errors = null;
        return taken;
    }

    public void Add(string error)
    {
        _errors ??= [];
        if (_errors.Count < Limit && !_errors.Contains(error))
            _errors.Add(error);
    }
}
