namespace CourseShop.Messaging;

public static class MessagingModule
{
    public static IServiceCollection AddMessaging(this IServiceCollection services) => services.AddScoped<SeeNotices>();
}
