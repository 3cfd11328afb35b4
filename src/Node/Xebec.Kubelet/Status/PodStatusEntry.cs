using Xebec.Client;

namespace Xebec.Kubelet.Status;

/// <summary>The status of one pod on its way to the API: at most one write at a time, always of the newest.</summary>
internal sealed class PodStatusEntry(Pod pod)
{
    private readonly Lock _gate = new();
    private bool _dirty;
    private bool _queued;
    private bool _delete;
    private PodStatus? _desired;
    private PodStatus? _written;
    private ulong _writtenVersion;
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

    /// <summary>Takes a new status; whether the entry has to be queued.</summary>
    public bool Change(Pod pod, PodStatus status, bool delete)
    {
        lock (_gate)
        {
            _pod = pod;
            if (!IsOverruled(pod, status) && _delete == (delete || _delete) && ApiJson.ContentEquals(_desired, status))
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

    /// <summary>What to write now, and what the API is known to have.</summary>
    public (Pod Pod, PodStatus Known, PodStatus Status, bool Delete) Take()
    {
        lock (_gate)
        {
            _dirty = false;
            return (_pod, _written ?? _pod.Status, _desired!, _delete);
        }
    }

    /// <summary>The API's answer to a write.</summary>
    public void Wrote(Pod stored)
    {
        lock (_gate)
            Know(stored);
    }

    /// <summary>The API has not got the pod that was written to.</summary>
    public void Lost()
    {
        lock (_gate)
            (_written, _writtenVersion) = (null, 0);
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

    /// <summary>
    /// Whether somebody else wrote our conditions since: the node controller does so when the node was silent, and nobody but us
    /// takes it back.
    /// </summary>
    private bool IsOverruled(Pod pod, PodStatus status)
    {
        if (_written is null || ResourceVersions.Of(pod) <= _writtenVersion || !PodConditions.Differ(pod.Status, status))
            return false;
        Know(pod);
        return true;
    }

    private void Know(Pod pod)
    {
        var version = ResourceVersions.Of(pod);
        if (version > _writtenVersion)
            (_written, _writtenVersion) = (pod.Status, version);
    }
}
