namespace CourseShop.Learning;

public static class LearningModule
{
    public static IServiceCollection AddLearning(this IServiceCollection services)
    {
        services.AddSingleton<LessonMedia>();
        services.AddScoped<MayLearn>().AddScoped<ReadOutline>().AddScoped<NoteLessonOpened>();
        return services;
    }
}
