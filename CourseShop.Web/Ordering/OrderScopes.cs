using CourseShop.Payments;

namespace CourseShop.Ordering;

public static class OrderScopes
{
    public static IQueryable<Order> OwnedBy(this IQueryable<Order> orders, long userId) => orders.Where(order => order.UserId == userId);

    public static IQueryable<Order> AwaitingPayment(this IQueryable<Order> orders) => orders.Where(order => order.Status == OrderStatus.AwaitingPayment);

    public static IQueryable<Order> Overdue(this IQueryable<Order> orders, DateTimeOffset now) => orders.AwaitingPayment().Where(order => order.PayBy <= now);

    /// <summary>The attempts of an order, first one first.</summary>
    public static IQueryable<Payment> OfOrder(this IQueryable<Payment> payments, string number) =>
        payments.Where(payment => payment.Purpose == PaymentPurpose.Order && payment.PurposeNumber == number).OrderBy(payment => payment.Id);
}
