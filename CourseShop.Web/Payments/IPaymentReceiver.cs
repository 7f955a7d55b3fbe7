using CourseShop.Data;

namespace CourseShop.Payments;

/// <summary>What a receiver could do with money that came.</summary>
public enum Receipt
{
    /// <summary>It was booked; what it bought is given.</summary>
    Delivered,

    /// <summary>What it bought had ended and can't be given any more.</summary>
    TooLate,

    /// <summary>It had been paid already.</summary>
    AlreadyPaid,
}

/// <summary>Books the money of one purpose. Runs inside the settlement's unit; changes nouns, never saves.</summary>
public interface IPaymentReceiver
{
    /// <summary>Which payments it books.</summary>
    PaymentPurpose Purpose { get; }

    /// <summary>Before anything is read or decided about a payment: nobody else decides about what it is for until the unit has ended.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="number">The number of what it is for.</param>
    /// <param name="stop">Stops the unit.</param>
    Task TakeTurnAsync(ShopDb db, string number, CancellationToken stop) => db.TakeTurnAsync(Turn.OfPurpose((int)Purpose, number), stop);

    /// <summary>Delivers what the payment is for, or says why not. The amount was compared already.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="payment">The attempt the money came for.</param>
    /// <param name="tradeNo">The gateway's number.</param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Stops the unit.</param>
    Task<Receipt> ReceiveAsync(ShopDb db, Payment payment, string tradeNo, DateTimeOffset now, CancellationToken stop);

    /// <summary>Tells the history of what the payment is for that money came which doesn't fit and waits for staff.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="payment">The attempt the money came for.</param>
    /// <param name="trade">What the gateway said.</param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Stops the unit.</param>
    Task NoteHeldAsync(ShopDb db, Payment payment, GatewayTrade trade, DateTimeOffset now, CancellationToken stop);

    /// <summary>Books that money of the payment went back: what was taken back for it ends now.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="refund">The refund that was done, with its payment.</param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Stops the unit.</param>
    Task NoteRefundedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop);

    /// <summary>Books that the gateway refused a refund for good.</summary>
    /// <param name="db">The unit's database.</param>
    /// <param name="refund">The refund that was refused, with its payment.</param>
    /// <param name="now">UTC.</param>
    /// <param name="stop">Stops the unit.</param>
    Task NoteRefusedAsync(ShopDb db, Refund refund, DateTimeOffset now, CancellationToken stop);
}
