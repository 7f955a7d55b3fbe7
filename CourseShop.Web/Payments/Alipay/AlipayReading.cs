namespace CourseShop.Payments.Alipay;

/// <summary>Why a message that claims to be from Alipay is not believed. Nothing of such a message may be used.</summary>
public enum AlipayRejection
{
    /// <summary>It is believed.</summary>
    None,

    /// <summary>Too long, too many or repeated fields, broken escapes, an unknown charset, or bytes that are not of it.</summary>
    Undecodable,

    /// <summary>No <c>sign</c>, or an empty one.</summary>
    NoSignature,

    /// <summary>Another <c>sign_type</c> than the configured one, or none where one is due.</summary>
    WrongSignType,

    /// <summary>The signature is not Alipay's for these fields.</summary>
    WrongSignature,

    /// <summary>A value holds <c>&amp;name=</c> of a field that the shop reads: a signature does not tell where one field ends, so somebody may have moved the border.</summary>
    Ambiguous,

    /// <summary>Genuine, but not what was expected here: a return posted as a notification has no notify_id.</summary>
    Incomplete,
}

/// <summary>Either a verified message or why it is not believed.</summary>
/// <typeparam name="T">What kind of message.</typeparam>
/// <param name="Message">The verified message, or null.</param>
/// <param name="Rejection">None exactly where there is a message.</param>
public sealed record AlipayReading<T>(T? Message, AlipayRejection Rejection)
    where T : class;
