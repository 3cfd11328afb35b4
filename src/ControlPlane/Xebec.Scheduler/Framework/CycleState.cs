namespace Xebec.Scheduler.Framework;

/// <summary>What the plugins remember of one pod's cycle, by type. A handful of entries, so a scan beats a dictionary.</summary>
internal sealed class CycleState
{
    private readonly List<IStateData> _data = [];

    public T? Get<T>()
        where T : class, IStateData
    {
        foreach (var data in _data)
        {
            if (data is T found)
                return found;
        }

        return null;
    }

    public void Set<T>(T data)
        where T : class, IStateData
    {
        _data.RemoveAll(static d => d is T);
        _data.Add(data);
    }

    public void Clear() => _data.Clear();

    public CycleState Clone()
    {
        var copy = new CycleState();
        foreach (var data in _data)
            copy._data.Add(data.Clone());
        return copy;
    }
}
