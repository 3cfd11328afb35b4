namespace Xebec.Kubelet.Status;

/// <summary>The status of one pod on its way to the API: at most one write at a time, always of the newest.</summary>
internal sealed class PodStatusEntry(Pod pod)
{
    private readonly Lock _gate = new();
    private bool _dirty;
    private bool _queued;
    private bool _delete;
    private PodStatus? _desired;
    private Pod _pod = pod;

    public Pod Pod
    {
        get
        {
            lock (_gate)
                return _pod;
        }
    }

    public PodStatus? Desired
    {
        get
        {
            lock (_gate)
                return _desired;
        }
    }

    /// <summary>What the API last answered; null before the first write. Only the writer touches it.</summary>
    public PodStatus? Written { get; set; }

    /// <summary>Takes a new status; whether the entry has to be queued.</summary>
    public bool Change(Pod pod, PodStatus status, bool delete)
    {
        lock (_gate)
        {
            _pod = pod;
            if (_delete == (delete || _delete) && ApiJson.ContentEquals(_desired, status))
                return false;
            _delete |= delete;
            _desired = status;
            _dirty = true;
            if (_queued)
                return false;
            _queued = true;
            return true;
        }
    }

    /// <summary>What to write now.</summary>
    public (Pod Pod, PodStatus Status, bool Delete) Take()
    {
        lock (_gate)
        {
            _dirty = false;
            return (_pod, _desired!, _delete);
        }
    }

    public void Failed()
    {
        lock (_gate)
            _dirty = true;
    }

    /// <summary>Ends a write; whether there is something newer to write.</summary>
    public bool Finish()
    {
        lock (_gate)
            return _queued = _dirty;
    }
}
