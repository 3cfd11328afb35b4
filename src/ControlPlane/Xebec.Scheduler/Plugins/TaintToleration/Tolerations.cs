using Xebec.Api.Core.V1;

namespace Xebec.Scheduler.Plugins.TaintToleration;

/// <summary>Matches tolerations to taints.</summary>
internal static class Tolerations
{
    public static bool Tolerate(List<Toleration> tolerations, Taint taint)
    {
        foreach (var toleration in tolerations)
        {
            if (Tolerates(toleration, taint))
                return true;
        }

        return false;
    }

    /// <summary>The first of the taints that nothing tolerates; null when all are.</summary>
    public static Taint? FirstUntolerated(List<Toleration> tolerations, Taint[] taints)
    {
        foreach (var taint in taints)
        {
            if (!Tolerate(tolerations, taint))
                return taint;
        }

        return null;
    }

    private static bool Tolerates(Toleration toleration, Taint taint)
    {
        if (toleration.Effect.Length > 0 && toleration.Effect != taint.Effect)
            return false;
        if (toleration.Key.Length > 0 && toleration.Key != taint.Key)
            return false;
        return toleration.Operator switch
        {
            "" or "Equal" => toleration.Key.Length > 0 && toleration.Value == taint.Value,
            "Exists" => true,
            _ => false,
        };
    }
}
