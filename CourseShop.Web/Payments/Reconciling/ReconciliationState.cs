namespace CourseShop.Payments.Reconciling;

/// <summary>Where a run stands.</summary>
public enum ReconciliationState
{
    /// <summary>Somebody asked for it; the worker begins it within seconds.</summary>
    Asked,

    /// <summary>A process is at it, and holds its lease.</summary>
    Running,

    /// <summary>The bill could not be had yet: it is asked for again.</summary>
    Waiting,

    /// <summary>Done: both sides agree.</summary>
    Clean,

    /// <summary>Done: they don't.</summary>
    Differences,

    /// <summary>Nothing of it counts; the result of before stands.</summary>
    Failed,
}

/// <summary>Why a run waits or failed.</summary>
public enum ReconciliationTrouble
{
    /// <summary>The gateway has no bill of that day (yet).</summary>
    NoBill,

    /// <summary>The gateway gave no sure answer, or refused for another reason.</summary>
    NoAnswer,

    /// <summary>The bill contradicts itself.</summary>
    BrokenBill,

    /// <summary>The process ended in the middle.</summary>
    Interrupted,

    /// <summary>The shop itself failed; the log tells more.</summary>
    Fault,
}
