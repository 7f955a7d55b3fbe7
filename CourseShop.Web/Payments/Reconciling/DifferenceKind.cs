namespace CourseShop.Payments.Reconciling;

/// <summary>What both sides disagree about.</summary>
public enum DifferenceKind
{
    /// <summary>The bill has money that the shop's books don't have.</summary>
    MissingHere,

    /// <summary>The books have money that the bill doesn't have, nor those of the days beside it.</summary>
    MissingThere,

    /// <summary>Both have the payment, with other amounts.</summary>
    Amount,

    /// <summary>The bill says paid, and the attempt is closed here; or all of it went back, and it is settled here; or the trade bears another number of ours.</summary>
    State,

    /// <summary>A further payment of a number that was paid already; the books don't have it.</summary>
    PaidTwice,

    /// <summary>A refund that only one side has, or with other amounts.</summary>
    Refund,
}

/// <summary>The one thing that can be pressed.</summary>
public enum DifferenceAction
{
    /// <summary>Nothing: a button could only do harm.</summary>
    None,

    /// <summary>Ask the gateway about the trade, and settle what it says.</summary>
    Settle,

    /// <summary>Ask the gateway about the trade, and note what it says.</summary>
    AskTrade,

    /// <summary>Ask the gateway about the refund, and note what it says.</summary>
    AskRefund,
}

/// <summary>What the gateway said when it was asked about a difference.</summary>
public enum DifferenceAnswer
{
    /// <summary>Nothing sure: ask again later.</summary>
    NoAnswer,

    /// <summary>It was paid; the money is booked.</summary>
    Booked,

    /// <summary>It was paid.</summary>
    Paid,

    /// <summary>It was not paid.</summary>
    NotPaid,

    /// <summary>It knows no such trade.</summary>
    NoSuchTrade,

    /// <summary>The money of the refund went back.</summary>
    Refunded,

    /// <summary>It knows nothing of the refund.</summary>
    NoSuchRefund,
}

/// <summary>How a difference was cleared up.</summary>
public enum DifferenceEnding
{
    /// <summary>The gateway was asked, and the money is booked.</summary>
    Booked,

    /// <summary>The bill of the next or the previous day has it.</summary>
    FoundBeside,

    /// <summary>Somebody looked into it and said what it was.</summary>
    Verified,
}
