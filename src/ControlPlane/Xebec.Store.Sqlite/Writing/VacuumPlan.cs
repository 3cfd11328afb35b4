namespace Xebec.Store.Sqlite.Writing;

/// <summary>How many free pages the file gives back: some stay, because what churns needs them again soon.</summary>
internal static class VacuumPlan
{
    private const long MinSlackPages = 512;

    /// <summary>Pages to free now; 0 as long as free pages are less than about half of what is in use.</summary>
    public static long PagesToFree(long pageCount, long freePages)
    {
        var slack = Math.Max(MinSlackPages, (pageCount - freePages) / 4);
        return freePages > 2 * slack ? freePages - slack : 0;
    }
}
